package io.secamo.processes.mutant;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * An instruction of a method or of one of its lambdas.
 *
 * @param body the method or lambda that it stands in
 * @param line of the source
 */
record Spot(MethodNode body, AbstractInsnNode instruction, int line) {
  /** The class whose method is called or whose field is read; empty for anything else. */
  String owner() {
    return switch (instruction) {
      case MethodInsnNode call -> call.owner;
      case FieldInsnNode field -> field.owner;
      default -> "";
    };
  }

  /** The method that is called or the field that is read. */
  String name() {
    return switch (instruction) {
      case MethodInsnNode call -> call.name;
      case FieldInsnNode field -> field.name;
      default -> "";
    };
  }

  MethodInsnNode call() {
    return (MethodInsnNode) instruction;
  }

  FieldInsnNode field() {
    return (FieldInsnNode) instruction;
  }

  /** How many values the instruction takes from the stack. */
  int inputs() {
    return switch (instruction) {
      case MethodInsnNode call ->
          Type.getArgumentTypes(call.desc).length + (Inputs.isStatic(call) ? 0 : 1);
      case FieldInsnNode field -> Inputs.isStatic(field) ? 0 : 1;
      default -> 1;
    };
  }

  @Override
  public String toString() {
    return Program.simple(owner()) + "." + name();
  }
}
