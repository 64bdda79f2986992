package io.secamo.processes.approval;

import java.util.List;

/** What the votes on a plan come to. */
public sealed interface Verdict {
  /** How far each gate is, in the order of the gates. */
  List<GateCount> counts();

  /** How far one gate is. */
  record GateCount(RequiredGate gate, int approvals) {
    /** Whether enough different people have approved. */
    public boolean passed() {
      return approvals >= gate.required();
    }
  }

  /** Every gate has its approvals. */
  record Passed(List<GateCount> counts) implements Verdict {}

  /** More people must vote. */
  record Open(List<GateCount> counts) implements Verdict {
    /** Whose turn it is, for people: {@code security (1 of 2)}. */
    public String waitingFor() {
      return String.join(
          ", ",
          counts.stream()
              .filter(c -> !c.passed())
              .map(
                  c ->
                      c.gate().required() == 1
                          ? c.gate().name()
                          : c.gate().name()
                              + " ("
                              + c.approvals()
                              + " of "
                              + c.gate().required()
                              + ")")
              .toList());
    }
  }

  /** Somebody who may vote said no. */
  record Rejected(List<GateCount> counts, Vote by) implements Verdict {}
}
