package io.secamo.processes.approval;

import java.util.List;
import java.util.Optional;

/** What the votes on a plan come to. */
public sealed interface Verdict {
  /** How far each gate is, in the order of the gates. */
  List<GateCount> counts();

  /**
   * How far one gate is.
   *
   * @param escalatedTo whose votes count as well by now
   */
  record GateCount(RequiredGate gate, int approvals, Optional<String> escalatedTo) {
    /** Whether enough different people have approved. */
    public boolean passed() {
      return approvals >= gate.required();
    }

    /** For people: {@code security (1 of 2)}. */
    String words() {
      String name = gate.name() + escalatedTo.map(to -> " or " + to).orElse("");
      return gate.required() == 1 ? name : name + " (" + approvals + " of " + gate.required() + ")";
    }
  }

  /** Every gate has its approvals. */
  record Passed(List<GateCount> counts) implements Verdict {}

  /** More people must vote. */
  record Open(List<GateCount> counts) implements Verdict {
    /** Whose turn it is, for people: {@code security (1 of 2)}. */
    public String waitingFor() {
      return String.join(
          ", ", counts.stream().filter(c -> !c.passed()).map(GateCount::words).toList());
    }
  }

  /** Somebody who may vote said no. */
  record Rejected(List<GateCount> counts, Vote by) implements Verdict {}
}
