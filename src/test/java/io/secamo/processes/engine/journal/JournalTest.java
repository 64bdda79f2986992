package io.secamo.processes.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.BreakGlass;
import io.secamo.processes.api.Effect;
import io.secamo.processes.api.EffectState;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.ProcessStatus.Gate;
import io.secamo.processes.api.ProcessStatus.InForce;
import io.secamo.processes.api.ProcessStatus.RequestedBy;
import io.secamo.processes.api.ProcessStatus.Ticket;
import io.secamo.processes.api.ProcessStatus.Vote;
import io.secamo.processes.api.State;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.connector.IdempotencyKey;
import io.secamo.processes.effect.Intended;
import io.secamo.processes.evidence.Chain;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is remembered of a process, and what must be forgotten. */
class JournalTest {
  private static final IdempotencyKey KEY = IdempotencyKey.of("cluster", "uid", "Apply", "it");
  private static final Instant NOW = Instant.parse("2027-01-04T09:00:00Z");

  @Test
  void aNewPlanForgetsTheVotesAndGatesOfTheOldOne() {
    Journal journal = approved("a");
    journal.plan(plan("b"));
    assertThat(journal.votes()).isEmpty();
    assertThat(journal.gates()).isEmpty();
    assertThat(condition(journal.status(NOW), "Approved")).isEqualTo("False");
  }

  @Test
  void theSamePlanKeepsThem() {
    Journal journal = approved("a");
    journal.plan(plan("a"));
    assertThat(journal.votes()).hasSize(1);
    assertThat(condition(journal.status(NOW), "Approved")).isEqualTo("True");
  }

  @Test
  void aConditionKeepsTheTimeOfItsLastTransition() {
    Journal journal = approved("a");
    ProcessStatus first = journal.status(NOW);
    ProcessStatus later = Journal.of(first).status(NOW.plusSeconds(60));
    assertThat(later).isEqualTo(first);
  }

  @Test
  void onlyThePassThatAnnouncedAnEffectKnowsThatNoOtherMadeIt() {
    Journal journal = Journal.of(null);
    assertThat(journal.effectLog().firstAnnouncedInThisPass("Apply"))
        .as("nothing announced")
        .isFalse();

    journal.effectLog().intend("Apply", new Intended(KEY, "make", Map.of()), NOW, null);
    assertThat(journal.effectLog().firstAnnouncedInThisPass("Apply")).isTrue();
    assertThat(journal.effectLog().firstAnnouncedInThisPass("OpenTicket"))
        .as("another step")
        .isFalse();

    Journal next = Journal.of(journal.status(NOW));
    assertThat(next.effectLog().firstAnnouncedInThisPass("Apply"))
        .as("the pass after it")
        .isFalse();
  }

  @Test
  void whatAnEarlierPassDidInAnotherStepDoesNotMakeAnAnnouncementOld() {
    Journal before = Journal.of(null);
    before.effectLog().became("OpenTicket", "key", EffectState.DONE, "4711");
    Journal journal = Journal.of(before.status(NOW));

    journal.effectLog().intend("Apply", new Intended(KEY, "make", Map.of()), NOW, null);

    assertThat(journal.effectLog().firstAnnouncedInThisPass("Apply")).isTrue();
  }

  @Test
  void whatWasFoundWithoutBeingAnnouncedIsNoAnnouncement() {
    Journal journal = Journal.of(null);

    journal.effectLog().became("Apply", "key", EffectState.DONE, "rule");

    assertThat(journal.effectLog().firstAnnouncedInThisPass("Apply")).isFalse();
  }

  @Test
  void whatBecameOfAnEffectKeepsItsTimeAndItsIdInTheOutsideSystem() {
    Journal journal = Journal.of(null);
    journal.effectLog().intend("Apply", new Intended(KEY, "make", Map.of()), NOW, null);
    journal.effectLog().became("Apply", KEY.value(), EffectState.DONE, "rule");

    journal.effectLog().became("Apply", KEY.value(), EffectState.REVERTED, null);

    assertThat(journal.effectLog().all())
        .singleElement()
        .satisfies(effect -> assertThat(effect.state()).isEqualTo(EffectState.REVERTED))
        .satisfies(effect -> assertThat(effect.intendedAt()).isEqualTo(NOW))
        .satisfies(effect -> assertThat(effect.externalId()).isEqualTo("rule"));
  }

  @Test
  void theNewestIdOfAnEffectIsKept() {
    Journal journal = Journal.of(null);
    journal.effectLog().became("Apply", KEY.value(), EffectState.DONE, "rule");

    journal.effectLog().became("Apply", KEY.value(), EffectState.DONE, "another rule");

    assertThat(journal.effectLog().all())
        .extracting(Effect::externalId)
        .containsExactly("another rule");
  }

  @Test
  void whatStandsIsWhatWasOrMayHaveBeenMadeAndWasNotUndone() {
    Journal journal = Journal.of(null);
    for (EffectState state : EffectState.values()) {
      journal.effectLog().became("Apply", state.name(), state, "rule");
      journal.effectLog().became("Another", "another " + state, state, "rule");
    }

    assertThat(journal.effectLog().mayBeThere("Apply"))
        .extracting(Effect::key)
        .containsExactlyInAnyOrder("INTENDED", "DONE");
  }

  @Test
  void theFirstProofDecidesUntilWhenAChangeIsLive() {
    Journal journal = Journal.of(null);
    Instant end = NOW.plusSeconds(60);
    assertThat(journal.recordInForce(NOW, Optional.of(end))).contains(end);

    Optional<Instant> second = journal.recordInForce(NOW.plusSeconds(5), Optional.empty());

    assertThat(second).contains(end);
    assertThat(journal.inForce()).contains(new InForce(NOW, end, null));
    assertThat(journal.status(NOW).expiresAt()).isEqualTo(end);
  }

  @Test
  void theFirstLookThatFoundAChangeGoneIsTheOneThatCounts() {
    Journal journal = Journal.of(null);
    journal.recordInForce(NOW, Optional.empty());
    journal.allReverted(NOW.plusSeconds(60));

    journal.allReverted(NOW.plusSeconds(90));

    assertThat(journal.inForce()).contains(new InForce(NOW, null, NOW.plusSeconds(60)));
  }

  @Test
  void aNewPlanForgetsTheEmergencyAndTheStandardRuleOfTheOldOne() {
    Journal journal = approved("a");
    journal.approvedBy("policy small-changes@3");
    journal.breakGlass(new BreakGlass("INC-1", "oscar", "security", 2, NOW, null));

    journal.plan(plan("b"));

    assertThat(journal.approvedBy()).isEmpty();
    assertThat(journal.breakGlass()).isEmpty();
    assertThat(journal.plan()).contains(plan("b"));
  }

  /** Another operator may go on from the stored status at any time. */
  @Test
  void whoTakesOverKnowsEverythingThatWasRecorded() {
    Journal journal = approved("a");
    journal.requestedBy(new RequestedBy("ann", "Admission", null));
    journal.ticket(new Ticket("desk", "4711", null, "Open"));
    journal.approvedBy("policy small-changes@3");
    journal.breakGlass(new BreakGlass("INC-1", "oscar", "security", 2, NOW, null));
    journal.effectLog().intend("Apply", new Intended(KEY, "make", Map.of()), NOW, null);
    journal.recordInForce(NOW, Optional.of(NOW.plusSeconds(60)));
    journal.resolved("duty abandon");
    journal.admission(Optional.empty());
    journal.recordEvidence(Chain.Happening.of("Applied", "one rule"), NOW);
    journal.progress().begin(7, NOW);
    journal.progress().enter("Apply", State.APPLYING);
    journal.progress().steps().done("Plan", NOW);
    ProcessStatus stored = journal.status(NOW);

    ProcessStatus seen = Journal.of(stored).status(NOW.plusSeconds(60));

    assertThat(seen).isEqualTo(stored);
    assertThat(seen.resolved()).isEqualTo("duty abandon");
    assertThat(Journal.of(stored).resolved()).contains("duty abandon");
    assertThat(Journal.of(stored).ticket()).contains(new Ticket("desk", "4711", null, "Open"));
  }

  private static Journal approved(String sha256) {
    Journal journal = Journal.of(null);
    journal.plan(plan(sha256));
    journal.ballot(
        List.of(new Gate("security", "Passed", 1, 1, null, null, null)),
        List.of(new Vote("security", "ann", "Approve", sha256, null, null, NOW)));
    return journal;
  }

  private static Plan plan(String sha256) {
    return new Plan(
        sha256, sha256, "s", List.of(), null, null, null, null, null, "account", null, "policy",
        null, null, null, null, NOW);
  }

  private static String condition(ProcessStatus status, String type) {
    return status.conditions().stream()
        .filter(c -> c.type().equals(type))
        .findFirst()
        .orElseThrow()
        .status();
  }
}
