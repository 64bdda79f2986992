package io.secamo.processes.approval;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What the policies of a namespace ask of one plan.
 *
 * @param gates in the order of their names; empty for a standard change only
 * @param standardBy the policies whose standard rules match, as {@code name@generation}
 * @param onePersonManyGates whether one person may fill several gates
 * @param breakGlass what an emergency needs afterwards; empty: no emergency goes ahead
 */
public record RequiredGates(
    List<RequiredGate> gates,
    List<String> standardBy,
    boolean onePersonManyGates,
    Optional<BreakGlass> breakGlass) {
  private static final String EMERGENCY = "in an emergency ";
  private static final String REVIEW = " review it within ";

  /** What an emergency needs afterwards. */
  public record BreakGlass(int reviewers, Duration within) {
    BreakGlass oneMore() {
      return new BreakGlass(reviewers + 1, within);
    }

    BreakGlass and(BreakGlass other) {
      return new BreakGlass(
          Math.max(reviewers, other.reviewers), Collections.min(List.of(within, other.within)));
    }
  }

  /** Keeps its own copies. */
  public RequiredGates {
    gates = List.copyOf(gates);
    standardBy = List.copyOf(standardBy);
  }

  /** Gates without any conditions. */
  public static RequiredGates of(RequiredGate... gates) {
    return new RequiredGates(List.of(gates), List.of(), false, Optional.empty());
  }

  /**
   * What has to be passed, one gate a line, and what is asked of all of them: equal lines ask for
   * the same. As in {@code security: 2 within 8h}.
   */
  public List<String> lines() {
    List<String> lines = new ArrayList<>(gates.stream().map(RequiredGate::line).toList());
    if (standard()) {
      lines.add("standard change");
    }
    if (onePersonManyGates) {
      lines.add("one person may fill several gates");
    }
    breakGlass.ifPresent(b -> lines.add(EMERGENCY + b.reviewers() + REVIEW + b.within()));
    return lines;
  }

  /** What an emergency needs afterwards by such lines; empty: none goes ahead. */
  public static Optional<BreakGlass> breakGlass(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith(EMERGENCY))
        .map(line -> line.substring(EMERGENCY.length()).split(REVIEW, 2))
        .map(it -> new BreakGlass(Integer.parseInt(it[0]), Duration.parse(it[1])))
        .findFirst();
  }

  /** The gates that such lines name, those included to which one is escalated later. */
  public static List<String> named(List<String> lines) {
    return lines.stream()
        .filter(line -> line.contains(": "))
        .flatMap(line -> RequiredGate.named(line).stream())
        .distinct()
        .toList();
  }

  /** Whether nobody has to vote. */
  public boolean standard() {
    return gates.isEmpty() && !standardBy.isEmpty();
  }
}
