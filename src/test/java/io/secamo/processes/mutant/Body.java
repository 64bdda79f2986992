package io.secamo.processes.mutant;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;

/** A method with its lambdas, which the compiler makes methods of their own. */
final class Body {
  private final Place.Found place;
  private final List<MethodNode> parts = new ArrayList<>();
  private final Map<MethodNode, Frame<SourceValue>[]> frames = new IdentityHashMap<>();

  Body(Place.Found place) {
    this.place = place;
    add(place.method());
  }

  private void add(MethodNode part) {
    if (parts.contains(part)) {
      return;
    }
    parts.add(part);
    for (AbstractInsnNode at : part.instructions) {
      if (at instanceof InvokeDynamicInsnNode made) {
        Stream.of(made.bsmArgs)
            .filter(Handle.class::isInstance)
            .map(Handle.class::cast)
            .forEach(this::addLambda);
      }
    }
  }

  private void addLambda(Handle handle) {
    if (handle.getOwner().equals(owner().name) && handle.getName().startsWith("lambda$")) {
      owner().methods.stream()
          .filter(m -> m.name.equals(handle.getName()) && m.desc.equals(handle.getDesc()))
          .forEach(this::add);
    }
  }

  ClassNode owner() {
    return place.owner();
  }

  /** The method itself. */
  MethodNode method() {
    return place.method();
  }

  /** The call that is meant, or all of them. */
  List<Spot> calls(Sought sought) {
    List<Spot> calls =
        spots(at -> at instanceof MethodInsnNode call && !call.name.equals("<init>"));
    return sought.pick("calls", this, fitting(sought, calls), calls);
  }

  /** The read of a field that is meant, or all of them. */
  List<Spot> reads(Sought sought) {
    List<Spot> reads = spots(Body::isRead);
    return sought.pick("reads", this, fitting(sought, reads), reads);
  }

  /** The condition that is decided by what the meant call or field gave, or all of them. */
  List<Spot> conditions(Sought sought) {
    List<Spot> causes = spots(at -> at instanceof MethodInsnNode || isRead(at));
    List<Spot> meant = fitting(sought, causes);
    List<Spot> conditions = new ArrayList<>();
    List<Spot> decisive = new ArrayList<>();
    for (Spot jump : spots(Body::asksOneValue)) {
      List<Spot> by = causes.stream().filter(cause -> decides(cause, jump)).toList();
      decisive.addAll(by);
      if (by.stream().anyMatch(meant::contains)) {
        conditions.add(jump);
      }
    }
    return sought.pick("decides by", this, conditions, decisive);
  }

  private List<Spot> fitting(Sought sought, List<Spot> spots) {
    return spots.stream().filter(spot -> sought.matches(spot, this)).toList();
  }

  private static boolean isRead(AbstractInsnNode at) {
    return at.getOpcode() == Opcodes.GETFIELD || at.getOpcode() == Opcodes.GETSTATIC;
  }

  private static boolean asksOneValue(AbstractInsnNode at) {
    return at instanceof JumpInsnNode
        && (at.getOpcode() <= Opcodes.IFLE && at.getOpcode() >= Opcodes.IFEQ
            || at.getOpcode() == Opcodes.IFNULL
            || at.getOpcode() == Opcodes.IFNONNULL);
  }

  /** Those of the method and its lambdas, in the order of the source. */
  private List<Spot> spots(Predicate<AbstractInsnNode> wanted) {
    List<Spot> spots = new ArrayList<>();
    for (MethodNode part : parts) {
      int line = 0;
      for (AbstractInsnNode at : part.instructions) {
        if (at instanceof LineNumberNode number) {
          line = number.line;
        } else if (wanted.test(at)) {
          spots.add(new Spot(part, at, line));
        }
      }
    }
    spots.sort(Comparator.comparingInt(Spot::line));
    return spots;
  }

  private boolean decides(Spot cause, Spot jump) {
    return cause.body() == jump.body()
        && firstInput(jump) != null
        && firstInput(jump).insns.contains(cause.instruction());
  }

  /** Whether what a spot works on was given by a call or field of this name. */
  boolean firstInputComesFrom(Spot spot, String name) {
    SourceValue input = spot.inputs() == 0 ? null : firstInput(spot);
    return input != null
        && input.insns.stream().anyMatch(at -> new Spot(spot.body(), at, 0).name().equals(name));
  }

  private SourceValue firstInput(Spot spot) {
    Frame<SourceValue> frame = frame(spot.body(), spot.instruction());
    return frame == null ? null : frame.getStack(frame.getStackSize() - spot.inputs());
  }

  /** How many values are on the stack before an instruction; -1 where the program never comes. */
  int stackBefore(MethodNode part, AbstractInsnNode at) {
    Frame<SourceValue> frame = frame(part, at);
    return frame == null ? -1 : frame.getStackSize();
  }

  /** After an edit: what it has put in may need more of the stack than the compiler counted. */
  void makeRoom() {
    parts.forEach(part -> part.maxStack += 8);
  }

  private Frame<SourceValue> frame(MethodNode part, AbstractInsnNode at) {
    return frames.computeIfAbsent(part, this::analyzed)[part.instructions.indexOf(at)];
  }

  private Frame<SourceValue>[] analyzed(MethodNode part) {
    try {
      return new Analyzer<>(new Tracing()).analyze(owner().name, part);
    } catch (AnalyzerException e) {
      throw new IllegalStateException(this + " cannot be analyzed", e);
    }
  }

  @Override
  public String toString() {
    return place.toString();
  }

  /** Follows a value through variables and casts to where it comes from. */
  private static final class Tracing extends SourceInterpreter {
    private Tracing() {
      super(Opcodes.ASM9);
    }

    @Override
    public SourceValue copyOperation(AbstractInsnNode at, SourceValue value) {
      return value;
    }

    @Override
    public SourceValue unaryOperation(AbstractInsnNode at, SourceValue value) {
      return at.getOpcode() == Opcodes.CHECKCAST ? value : super.unaryOperation(at, value);
    }

    @Override
    public SourceValue naryOperation(AbstractInsnNode at, List<? extends SourceValue> values) {
      return isUnboxing(at) ? values.getFirst() : super.naryOperation(at, values);
    }

    private static boolean isUnboxing(AbstractInsnNode at) {
      return at instanceof MethodInsnNode call
          && call.owner.startsWith("java/lang/")
          && call.name.matches("(boolean|int|long)Value");
    }
  }
}
