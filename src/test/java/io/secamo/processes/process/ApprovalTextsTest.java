package io.secamo.processes.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.api.plan.Plan.Superseded;
import io.secamo.processes.approval.RequiredGate;
import io.secamo.processes.approval.Verdict;
import io.secamo.processes.approval.Vote;
import io.secamo.processes.approval.Vote.Decision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What approvers are told reads as it should and is never too long. */
class ApprovalTextsTest {
  private static final String HOW = ". Waiting for votes on plan d1: security";

  /** A command in a message is broken over lines with it, and cannot be copied. */
  @Test
  void aPlanIsShownWithWhatItWaitsForAndWithoutACommand() {
    assertThat(told(plan("opens 443", null))).isEqualTo("opens 443" + HOW);
  }

  @Test
  void aSummaryIsCutAfterSixHundredCharacters() {
    assertThat(told(plan("x".repeat(600), null))).isEqualTo("x".repeat(600) + HOW);
    assertThat(told(plan("x".repeat(601), null))).isEqualTo("x".repeat(599) + "…" + HOW);
  }

  @Test
  void aPlanThatReplacesAnotherSaysWhatIsDifferent() {
    assertThat(told(plan("opens 443", new Superseded("d0", 2, List.of("+ add a")))))
        .isEqualTo("opens 443 (replaces plan d0, whose 2 votes are void: + add a)" + HOW);
  }

  @Test
  void ofSeveralDifferencesTheFirstIsShown() {
    assertThat(told(plan("opens 443", new Superseded("d0", 2, List.of("+ add a", "+ add b")))))
        .isEqualTo(
            "opens 443 (replaces plan d0, whose 2 votes are void: + add a and more, see"
                + " status.plan.supersedes)"
                + HOW);
  }

  @Test
  void aDifferenceIsCutAfterHundredAndSixtyCharacters() {
    String fits = "x".repeat(160);
    assertThat(told(plan("opens 443", new Superseded("d0", 2, List.of(fits)))))
        .contains("void: " + fits + ")");
    assertThat(told(plan("opens 443", new Superseded("d0", 2, List.of(fits + "y")))))
        .contains("void: " + "x".repeat(159) + "…)");
  }

  @Test
  void votesThatAreVoidAreCountedAsPeopleDo() {
    assertThat(told(plan("opens 443", new Superseded("d0", 1, List.of("+ add a")))))
        .contains("(replaces plan d0, whose vote is void: + add a)");
    assertThat(told(plan("opens 443", new Superseded("d0", 0, List.of("+ add a")))))
        .contains("(replaces plan d0: + add a)");
  }

  @Test
  void whereSeveralGatesAreOpenEachIsNamed() {
    assertThat(
            told(
                plan("opens 443", null),
                count("security", Optional.empty()),
                count("owner", Optional.of("duty"))))
        .isEqualTo("opens 443. Waiting for votes on plan d1: security, owner or duty");
  }

  @Test
  void whatIsNotDifferentIsNotMentioned() {
    assertThat(told(plan("opens 443", new Superseded("d0", 2, List.of()))))
        .isEqualTo("opens 443" + HOW);
  }

  @Test
  void aRejectionIsToldWithItsReasonIfItHasOne() {
    assertThat(ApprovalTexts.rejected(new Vote("security", "ann", Decision.REJECT, "use the VPN")))
        .isEqualTo("rejected by ann at gate security: use the VPN");
    assertThat(ApprovalTexts.rejected(new Vote("security", "ann", Decision.REJECT, "")))
        .isEqualTo("rejected by ann at gate security");
  }

  private static String told(Plan plan) {
    return told(plan, count("security", Optional.empty()));
  }

  private static Verdict.GateCount count(String gate, Optional<String> escalatedTo) {
    return new Verdict.GateCount(new RequiredGate(gate, 1), 0, escalatedTo, Optional.empty());
  }

  private static String told(Plan plan, Verdict.GateCount... counts) {
    return ApprovalTexts.waiting(plan, new Verdict.Open(List.of(counts)));
  }

  private static Plan plan(String summary, Superseded old) {
    return new Plan(
        "d1",
        "sha",
        summary,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        "account",
        "connection",
        "policy",
        "admission",
        null,
        old,
        null,
        Instant.EPOCH);
  }
}
