package io.secamo.processes.mutant;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * What an instruction would take from the stack, put into variables instead, so that an edit may
 * use as much of it as it likes.
 */
final class Inputs {
  private final List<Type> types = new ArrayList<>();
  private final List<Integer> variables = new ArrayList<>();
  private final boolean ofObject;
  private final boolean withinObject;

  private Inputs(boolean ofObject, MethodNode body) {
    this.ofObject = ofObject;
    this.withinObject = (body.access & Opcodes.ACC_STATIC) == 0;
  }

  /** Of a call or of a read of a field. */
  static Inputs of(Spot spot) {
    Inputs inputs = new Inputs(!isStatic(spot.instruction()), spot.body());
    if (inputs.ofObject) {
      inputs.types.add(Type.getObjectType(spot.owner()));
    }
    if (spot.instruction() instanceof MethodInsnNode call) {
      Collections.addAll(inputs.types, Type.getArgumentTypes(call.desc));
    }
    for (Type type : inputs.types) {
      inputs.variables.add(spot.body().maxLocals);
      spot.body().maxLocals += type.getSize();
    }
    return inputs;
  }

  /** The parameters of a method. */
  static Inputs of(String owner, MethodNode method) {
    Inputs inputs = new Inputs((method.access & Opcodes.ACC_STATIC) == 0, method);
    if (inputs.ofObject) {
      inputs.types.add(Type.getObjectType(owner));
    }
    Collections.addAll(inputs.types, Type.getArgumentTypes(method.desc));
    int next = 0;
    for (Type type : inputs.types) {
      inputs.variables.add(next);
      next += type.getSize();
    }
    return inputs;
  }

  static boolean isStatic(AbstractInsnNode at) {
    return at.getOpcode() == Opcodes.INVOKESTATIC || at.getOpcode() == Opcodes.GETSTATIC;
  }

  /** Takes them from the stack. */
  InsnList store() {
    InsnList code = new InsnList();
    for (int i = types.size() - 1; i >= 0; i--) {
      code.add(new VarInsnNode(types.get(i).getOpcode(Opcodes.ISTORE), variables.get(i)));
    }
    return code;
  }

  /** The object that is called or read, if there is one. */
  InsnList object() {
    if (!ofObject) {
      throw new OutOfDate("it is static: there is no object");
    }
    return load(0);
  }

  Type objectType() {
    return types.getFirst();
  }

  /** The object whose method this is. */
  InsnList self() {
    if (!withinObject) {
      throw new OutOfDate("it is static: there is no object whose field could be read");
    }
    InsnList code = new InsnList();
    code.add(new VarInsnNode(Opcodes.ALOAD, 0));
    return code;
  }

  boolean haveObject() {
    return ofObject;
  }

  int arguments() {
    return types.size() - (ofObject ? 1 : 0);
  }

  /**
   * The type of an argument.
   *
   * @param number from one on
   */
  Type type(int number) {
    return types.get(index(number));
  }

  InsnList argument(int number) {
    return load(index(number));
  }

  private int index(int number) {
    if (number < 1 || number > arguments()) {
      throw new OutOfDate("there is no argument " + number + ", only " + arguments());
    }
    return number - (ofObject ? 0 : 1);
  }

  private InsnList load(int index) {
    InsnList code = new InsnList();
    code.add(new VarInsnNode(types.get(index).getOpcode(Opcodes.ILOAD), variables.get(index)));
    return code;
  }
}
