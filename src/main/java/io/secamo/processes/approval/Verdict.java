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
   * @param overridden the override that opens this gate, and this one alone, in an emergency
   */
  record GateCount(
      RequiredGate gate, int approvals, Optional<String> escalatedTo, Optional<Vote> overridden) {
    /** Whether enough different people have approved. */
    public boolean filled() {
      return approvals >= gate.required();
    }

    /** Whether nobody has to vote here before the change. */
    public boolean passed() {
      return filled() || overridden.isPresent();
    }

    /** For people: {@code security (1 of 2)}. */
    String words() {
      String name = gate.name() + escalatedTo.map(to -> " or " + to).orElse("");
      return gate.required() == 1 ? name : name + " (" + approvals + " of " + gate.required() + ")";
    }
  }

  /** Every gate has its approvals, or was overridden. */
  record Passed(List<GateCount> counts) implements Verdict {
    /** The overrides that it took. */
    public List<Vote> overrides() {
      return counts.stream().flatMap(c -> c.overridden().stream()).toList();
    }
  }

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
