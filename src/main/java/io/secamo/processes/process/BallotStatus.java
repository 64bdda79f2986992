package io.secamo.processes.process;

import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.approval.RequiredGate;
import io.secamo.processes.approval.Verdict;
import io.secamo.processes.approval.Vote;
import io.secamo.processes.engine.procedure.StepContext;
import io.secamo.processes.text.Limit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The ballot as it stands in the status. */
final class BallotStatus {
  /** As many as admission lets in. */
  private static final int MOST_VOTES = 60;

  private static final int LONGEST_REASON = 290;

  private BallotStatus() {}

  /** The gates, and those that were asked in their place. */
  static List<ProcessStatus.Gate> gates(Verdict verdict, Instant asked, Instant now) {
    List<ProcessStatus.Gate> gates = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Verdict.GateCount count : verdict.counts()) {
      names.add(count.gate().name());
      gates.add(gate(verdict, count, asked, now));
    }
    for (Verdict.GateCount count : verdict.counts()) {
      String to = count.escalatedTo().orElse("");
      if (!to.isEmpty() && !count.passed() && names.add(to)) {
        gates.add(new ProcessStatus.Gate(to, "Open", 0, 0, null, null, null));
      }
    }
    return gates;
  }

  private static ProcessStatus.Gate gate(
      Verdict verdict, Verdict.GateCount count, Instant asked, Instant now) {
    RequiredGate gate = count.gate();
    boolean open = !count.passed();
    int reminders = open ? gate.reminders(asked, now) : 0;
    return new ProcessStatus.Gate(
        gate.name(),
        state(verdict, count),
        gate.required(),
        count.approvals(),
        open ? gate.deadline(asked).orElse(null) : null,
        open ? count.escalatedTo().orElse(null) : null,
        reminders == 0 ? null : reminders);
  }

  private static String state(Verdict verdict, Verdict.GateCount count) {
    if (verdict instanceof Verdict.Rejected no && no.by().gate().equals(count.gate().name())) {
      return "Rejected";
    }
    if (count.filled()) {
      return "Passed";
    }
    return count.overridden().isPresent() ? "Overridden" : "Open";
  }

  /** The votes, each with the time at which it was first seen. */
  static List<ProcessStatus.Vote> votes(StepContext<?> context, List<Vote> votes, String digest) {
    return votes.stream()
        .limit(MOST_VOTES)
        .map(
            v ->
                new ProcessStatus.Vote(
                    v.gate(),
                    v.voter(),
                    v.decision().word(),
                    digest,
                    v.reason().isEmpty() ? null : limited(v.reason()),
                    v.standsFor().orElse(null),
                    firstSeen(context, v)))
        .toList();
  }

  private static String limited(String reason) {
    return Limit.to(LONGEST_REASON + 1, reason);
  }

  /** Whether one of them was not counted so far. */
  static boolean anyNew(StepContext<?> context, List<Vote> votes) {
    return votes.stream().anyMatch(vote -> seen(context, vote).isEmpty());
  }

  private static Instant firstSeen(StepContext<?> context, Vote vote) {
    return seen(context, vote).map(ProcessStatus.Vote::seenAt).orElse(context.asOf());
  }

  private static Optional<ProcessStatus.Vote> seen(StepContext<?> context, Vote vote) {
    return context.journal().votes().stream()
        .filter(
            seen ->
                seen.voter().equals(vote.voter())
                    && seen.gate().equals(vote.gate())
                    && seen.decision().equals(vote.decision().word()))
        .findFirst();
  }
}
