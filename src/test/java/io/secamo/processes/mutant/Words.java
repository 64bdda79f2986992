package io.secamo.processes.mutant;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The words in which a mutant says what is done to a method. Each of them changes what the method
 * does and nothing of how it is written, so that it outlives most changes of the code.
 */
final class Words {
  private static final String VALUE = "(.+)";

  private record Word(String form, BiConsumer<Words, Matcher> edit) {}

  private static final List<Word> ALL =
      List.of(
          new Word("returns " + VALUE, (w, m) -> w.returns(m.group(1))),
          new Word("does nothing", (w, m) -> w.doesNothing()),
          new Word("without call " + Sought.FORM, (w, m) -> w.without(m.group(1))),
          new Word(
              "call " + Sought.FORM + " answers " + VALUE,
              (w, m) -> w.answers(m.group(1), m.group(2))),
          new Word(
              "call " + Sought.FORM + " gets (.+?)(?: as argument (\\d+))?",
              (w, m) -> w.gets(m.group(1), m.group(2), m.group(3))),
          new Word(
              "call (\\w+) instead of " + Sought.FORM,
              (w, m) -> w.insteadOf(m.group(1), m.group(2))),
          new Word(
              "call " + Sought.FORM + " before call " + Sought.FORM,
              (w, m) -> w.before(m.group(1), m.group(2))),
          new Word(
              "read " + Sought.FORM + " answers " + VALUE,
              (w, m) -> w.reads(m.group(1), m.group(2))),
          new Word(
              "condition on " + Sought.FORM + " finds " + VALUE,
              (w, m) -> w.finds(m.group(1), m.group(2))));

  /** Needs what the program has computed, unlike all other values. */
  private static final String OPPOSITE = "the opposite";

  /** What a call that is left out is taken to have answered. */
  private static final Map<Integer, String> NOTHING =
      Map.of(Type.BOOLEAN, "false", Type.INT, "0", Type.LONG, "0");

  private final Program program;
  private final Body body;

  private Words(Program program, Body body) {
    this.program = program;
    this.body = body;
  }

  /** Does to a method what words say. */
  static void apply(String text, Program program, Body body) {
    for (Word word : ALL) {
      Matcher form = Pattern.compile(word.form()).matcher(text);
      if (form.matches()) {
        word.edit().accept(new Words(program, body), form);
        // The analysis of a further edit of the same method needs to know.
        body.makeRoom();
        return;
      }
    }
    throw new OutOfDate(
        "'"
            + text
            + "' is none of: "
            + ALL.stream()
                .map(w -> w.form().replace(Sought.FORM, "CALL").replaceAll("\\(.*\\)", "..."))
                .collect(Collectors.joining(", ")));
  }

  private ClassNode owner() {
    return body.owner();
  }

  private InsnList push(String value, Type type, Inputs inputs) {
    return Value.push(value, type, program, owner(), inputs);
  }

  private void returns(String value) {
    MethodNode method = body.method();
    Type type = Type.getReturnType(method.desc);
    replaceAll(push(value, type, Inputs.of(owner().name, method)), type);
  }

  private void doesNothing() {
    Type type = Type.getReturnType(body.method().desc);
    if (type.getSort() != Type.VOID) {
      throw new OutOfDate(body + " gives back a " + type.getClassName() + ": say 'returns'");
    }
    replaceAll(new InsnList(), type);
  }

  private void replaceAll(InsnList code, Type type) {
    MethodNode method = body.method();
    code.add(new InsnNode(type.getOpcode(Opcodes.IRETURN)));
    method.tryCatchBlocks.clear();
    method.localVariables = null;
    method.visibleLocalVariableAnnotations = null;
    method.invisibleLocalVariableAnnotations = null;
    method.instructions = code;
  }

  private void without(String call) {
    for (Spot spot : body.calls(Sought.of(call))) {
      Inputs inputs = Inputs.of(spot);
      Type type = Type.getReturnType(spot.call().desc);
      InsnList code = inputs.store();
      if (inputs.haveObject() && type.getInternalName().equals(spot.owner())) {
        // A builder, which gives itself back.
        code.add(inputs.object());
      } else if (type.getSort() != Type.VOID) {
        code.add(push(NOTHING.getOrDefault(type.getSort(), "null"), type, inputs));
      }
      replace(spot, code);
    }
  }

  private static void replace(Spot spot, InsnList code) {
    InsnList all = spot.body().instructions;
    all.insertBefore(spot.instruction(), code);
    all.remove(spot.instruction());
  }

  private void answers(String call, String value) {
    for (Spot spot : body.calls(Sought.of(call))) {
      Type type = Type.getReturnType(spot.call().desc);
      if (value.equals(OPPOSITE) && type.getSort() == Type.BOOLEAN) {
        spot.body().instructions.insert(spot.instruction(), Value.opposite());
      } else {
        answer(spot, type, value);
      }
    }
  }

  private void reads(String field, String value) {
    for (Spot spot : body.reads(Sought.of(field))) {
      answer(spot, Type.getType(spot.field().desc), value);
    }
  }

  private void answer(Spot spot, Type type, String value) {
    Inputs inputs = Inputs.of(spot);
    InsnList code = inputs.store();
    code.add(push(value, type, inputs));
    replace(spot, code);
  }

  private void gets(String call, String value, String number) {
    for (Spot spot : body.calls(Sought.of(call))) {
      Inputs inputs = Inputs.of(spot);
      if (number == null && inputs.arguments() != 1) {
        throw new OutOfDate(
            spot + " has " + inputs.arguments() + " arguments: say 'as argument N'");
      }
      int changed = number == null ? 1 : Integer.parseInt(number);
      Type type = inputs.type(changed);
      InsnList code = inputs.store();
      if (inputs.haveObject()) {
        code.add(inputs.object());
      }
      for (int i = 1; i <= inputs.arguments(); i++) {
        code.add(i == changed ? push(value, type, inputs) : inputs.argument(i));
      }
      spot.body().instructions.insertBefore(spot.instruction(), code);
    }
  }

  private void insteadOf(String other, String call) {
    for (Spot spot : body.calls(Sought.of(call))) {
      MethodInsnNode made = spot.call();
      boolean there =
          program.withParents(made.owner).stream()
              .flatMap(node -> node.methods.stream())
              .anyMatch(m -> m.name.equals(other) && m.desc.equals(made.desc));
      if (!there) {
        throw new OutOfDate(
            Program.simple(made.owner) + " has no " + other + " with the parameters of " + spot);
      }
      made.name = other;
    }
  }

  private void finds(String cause, String value) {
    for (Spot spot : body.conditions(Sought.of(cause))) {
      boolean object = spot.instruction().getOpcode() >= Opcodes.IFNULL;
      Type type =
          object
              ? Type.getType(Object.class)
              : value.matches("-?\\d+") ? Type.INT_TYPE : Type.BOOLEAN_TYPE;
      InsnList code = new InsnList();
      code.add(new InsnNode(Opcodes.POP));
      code.add(push(value, type, Inputs.of(owner().name, spot.body())));
      spot.body().instructions.insertBefore(spot.instruction(), code);
    }
  }

  /** Moves the statement of one call to before that of another one. */
  private void before(String moved, String place) {
    Spot first = one(moved);
    Spot then = one(place);
    MethodNode method = first.body();
    AbstractInsnNode begin = beginOfStatement(first);
    AbstractInsnNode target = beginOfStatement(then);
    if (method != then.body()
        || method.instructions.indexOf(begin) <= method.instructions.indexOf(target)) {
      throw new OutOfDate(first + " does not come after " + then + " in " + body);
    }
    List<AbstractInsnNode> statement = new ArrayList<>();
    AbstractInsnNode at = begin;
    do {
      statement.add(at);
      at = at.getNext();
    } while (at != null && body.stackBefore(method, at) != 0);
    InsnList code = new InsnList();
    for (AbstractInsnNode part : statement) {
      method.instructions.remove(part);
      code.add(part);
    }
    method.instructions.insertBefore(target, code);
  }

  private Spot one(String call) {
    List<Spot> spots = body.calls(Sought.of(call));
    if (spots.size() > 1) {
      throw new OutOfDate("only one statement can be moved: say which " + call);
    }
    return spots.getFirst();
  }

  private AbstractInsnNode beginOfStatement(Spot spot) {
    AbstractInsnNode at = spot.instruction();
    while (at.getOpcode() < 0 || body.stackBefore(spot.body(), at) != 0) {
      at = at.getPrevious();
    }
    return at;
  }
}
