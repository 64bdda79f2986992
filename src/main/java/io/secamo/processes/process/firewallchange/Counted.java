package io.secamo.processes.process.firewallchange;

import io.secamo.processes.api.FirewallChangeSpec;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.approval.Verdict;
import io.secamo.processes.approval.Vote;
import io.secamo.processes.engine.Turn;
import java.time.Instant;
import java.util.List;

/** The ballot as it stands in the status. */
final class Counted {
  private Counted() {}

  static List<ProcessStatus.Gate> gates(Verdict verdict) {
    return verdict.counts().stream()
        .map(
            count ->
                new ProcessStatus.Gate(
                    count.gate().name(),
                    state(verdict, count),
                    count.gate().required(),
                    count.approvals(),
                    null,
                    null,
                    null))
        .toList();
  }

  /** The votes, each with the time at which it was first seen. */
  static List<ProcessStatus.Vote> votes(
      Turn<FirewallChangeSpec> turn, List<Vote> votes, String digest) {
    return votes.stream()
        .limit(50)
        .map(
            v ->
                new ProcessStatus.Vote(
                    v.gate(),
                    v.voter(),
                    v.decision().word(),
                    digest,
                    v.reason().isEmpty() ? null : Texts.limited(v.reason(), 290),
                    null,
                    firstSeen(turn, v)))
        .toList();
  }

  private static String state(Verdict verdict, Verdict.GateCount count) {
    if (verdict instanceof Verdict.Rejected no && no.by().gate().equals(count.gate().name())) {
      return "Rejected";
    }
    return count.passed() ? "Passed" : "Open";
  }

  private static Instant firstSeen(Turn<FirewallChangeSpec> turn, Vote vote) {
    return turn.journal().votes().stream()
        .filter(
            seen ->
                seen.voter().equals(vote.voter())
                    && seen.gate().equals(vote.gate())
                    && seen.decision().equals(vote.decision().word()))
        .map(ProcessStatus.Vote::seenAt)
        .findFirst()
        .orElse(turn.now());
  }
}
