package io.secamo.processes.mutant;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * What a mutant puts in the place of what the program would have computed:
 *
 * <ul>
 *   <li>{@code true}, {@code false}, {@code null}, a whole number, {@code "a text"};
 *   <li>{@code NAME} and {@code name()}: a constant, and what a static method without parameters
 *       gives, of the type that is needed or of one that stands before it: {@code
 *       Optional.empty()};
 *   <li>{@code argument 2} of the call, or of the method;
 *   <li>{@code field name} and {@code field name.method()}: a field of the object or of the one
 *       around it, and what a method without parameters of it gives;
 *   <li>{@code whether method() is [not] NAME}, asked of the object that is called;
 *   <li>{@code random}: another text each time.
 * </ul>
 */
final class Value {
  private static final String UUID = "java/util/UUID";
  private static final Pattern CONSTANT = Pattern.compile("(?:(\\w+)\\.)?([A-Z][A-Z0-9_]+)");
  private static final Pattern MADE = Pattern.compile("(?:([A-Z]\\w*)\\.)?([a-z]\\w*)\\(\\)");
  private static final Pattern ARGUMENT = Pattern.compile("argument (\\d+)");
  private static final Pattern FIELD = Pattern.compile("field (\\w+)(?:\\.(\\w+)\\(\\))?");
  private static final Pattern WHETHER =
      Pattern.compile("whether (\\w+)\\(\\) is (not )?([A-Z][A-Z0-9_]*)");

  private final Program program;
  private final ClassNode owner;
  private final Inputs inputs;
  private final InsnList code = new InsnList();

  private Value(Program program, ClassNode owner, Inputs inputs) {
    this.program = program;
    this.owner = owner;
    this.inputs = inputs;
  }

  /**
   * Code that puts a value on the stack.
   *
   * @param owner the class that the code is for
   * @param inputs what there is to work with
   */
  static InsnList push(String text, Type wanted, Program program, ClassNode owner, Inputs inputs) {
    Value value = new Value(program, owner, inputs);
    if (!value.plain(text, wanted) && !value.made(text, wanted)) {
      throw new OutOfDate("'" + text + "' cannot stand for a " + wanted.getClassName());
    }
    return value.code;
  }

  private boolean plain(String text, Type wanted) {
    boolean object = wanted.getSort() >= Type.ARRAY;
    if (text.equals("null") && object) {
      code.add(new InsnNode(Opcodes.ACONST_NULL));
    } else if (text.matches("true|false") && wanted.getSort() == Type.BOOLEAN) {
      code.add(new InsnNode(text.equals("true") ? Opcodes.ICONST_1 : Opcodes.ICONST_0));
    } else if (text.matches("-?\\d+") && wanted.equals(Type.LONG_TYPE)) {
      code.add(new LdcInsnNode(Long.parseLong(text)));
    } else if (text.matches("-?\\d+") && wanted.equals(Type.INT_TYPE)) {
      code.add(new LdcInsnNode(Integer.parseInt(text)));
    } else if (text.matches("-?\\d+") && wanted.getDescriptor().equals("Ljava/lang/Integer;")) {
      code.add(new LdcInsnNode(Integer.parseInt(text)));
      call(Opcodes.INVOKESTATIC, "java/lang/Integer", "valueOf", "(I)Ljava/lang/Integer;");
    } else if (text.matches("\".*\"") && wanted.getDescriptor().equals("Ljava/lang/String;")) {
      code.add(new LdcInsnNode(text.substring(1, text.length() - 1)));
    } else if (text.equals("random") && wanted.getDescriptor().equals("Ljava/lang/String;")) {
      call(Opcodes.INVOKESTATIC, UUID, "randomUUID", "()L" + UUID + ";");
      call(Opcodes.INVOKEVIRTUAL, UUID, "toString", "()Ljava/lang/String;");
    } else {
      return false;
    }
    return true;
  }

  private boolean made(String text, Type wanted) {
    Matcher form = CONSTANT.matcher(text);
    if (form.matches()) {
      constant(typeOf(form.group(1), wanted), form.group(2));
      return true;
    }
    form = MADE.matcher(text);
    if (form.matches()) {
      fromStatic(typeOf(form.group(1), wanted), form.group(2));
      return true;
    }
    form = ARGUMENT.matcher(text);
    if (form.matches()) {
      code.add(inputs.argument(Integer.parseInt(form.group(1))));
      return true;
    }
    form = FIELD.matcher(text);
    if (form.matches()) {
      Type type = field(form.group(1));
      if (form.group(2) != null) {
        ask(type, form.group(2));
      }
      return true;
    }
    form = WHETHER.matcher(text);
    if (form.matches()) {
      whether(form);
      return true;
    }
    return false;
  }

  private String typeOf(String named, Type wanted) {
    if (named == null && wanted.getSort() != Type.OBJECT) {
      throw new OutOfDate("name the type, a " + wanted.getClassName() + " has no constants");
    }
    return named == null ? wanted.getInternalName() : program.type(named);
  }

  private void constant(String type, String name) {
    FieldNode field =
        program.read(type).fields.stream()
            .filter(f -> f.name.equals(name) && (f.access & Opcodes.ACC_STATIC) != 0)
            .findFirst()
            .orElseThrow(() -> new OutOfDate(Program.simple(type) + " has no constant " + name));
    code.add(new FieldInsnNode(Opcodes.GETSTATIC, type, name, field.desc));
  }

  private void fromStatic(String type, String name) {
    ClassNode node = program.read(type);
    MethodNode method =
        node.methods.stream()
            .filter(m -> m.name.equals(name) && m.desc.startsWith("()"))
            .filter(m -> (m.access & Opcodes.ACC_STATIC) != 0)
            .findFirst()
            .orElseThrow(
                () -> new OutOfDate(Program.simple(type) + " has no static method " + name + "()"));
    boolean itf = (node.access & Opcodes.ACC_INTERFACE) != 0;
    code.add(new MethodInsnNode(Opcodes.INVOKESTATIC, type, name, method.desc, itf));
  }

  /** Puts a field of this object on the stack, or one of the object around it. */
  private Type field(String name) {
    code.add(inputs.self());
    ClassNode at = owner;
    while (true) {
      FieldNode found = declared(at, name);
      FieldNode around = declared(at, "this$0");
      if (found == null && around == null) {
        throw new OutOfDate(Program.simple(owner.name) + " has no field " + name);
      }
      FieldNode next = found == null ? around : found;
      code.add(new FieldInsnNode(Opcodes.GETFIELD, at.name, next.name, next.desc));
      if (found != null) {
        return Type.getType(found.desc);
      }
      at = program.read(Type.getType(around.desc).getInternalName());
    }
  }

  private static FieldNode declared(ClassNode at, String name) {
    return at.fields.stream().filter(f -> f.name.equals(name)).findFirst().orElse(null);
  }

  /** Calls a method without parameters on what is on the stack. */
  private Type ask(Type type, String name) {
    for (ClassNode node : program.withParents(type.getInternalName())) {
      for (MethodNode method : node.methods) {
        if (method.name.equals(name) && method.desc.startsWith("()")) {
          boolean itf = (program.read(type.getInternalName()).access & Opcodes.ACC_INTERFACE) != 0;
          int how = itf ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL;
          code.add(new MethodInsnNode(how, type.getInternalName(), name, method.desc, itf));
          return Type.getReturnType(method.desc);
        }
      }
    }
    throw new OutOfDate(Program.simple(type.getInternalName()) + " has no method " + name + "()");
  }

  private void whether(Matcher form) {
    code.add(inputs.object());
    Type answer = ask(inputs.objectType(), form.group(1));
    constant(answer.getInternalName(), form.group(3));
    call(
        Opcodes.INVOKESTATIC,
        "java/util/Objects",
        "equals",
        "(Ljava/lang/Object;Ljava/lang/Object;)Z");
    if (form.group(2) != null) {
      code.add(opposite());
    }
  }

  /** Turns the boolean on the stack around. */
  static InsnList opposite() {
    InsnList code = new InsnList();
    code.add(new InsnNode(Opcodes.ICONST_1));
    code.add(new InsnNode(Opcodes.IXOR));
    return code;
  }

  private void call(int how, String type, String name, String descriptor) {
    code.add(new MethodInsnNode(how, type, name, descriptor, false));
  }
}
