package io.secamo.processes.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.ProcessStatus.Gate;
import io.secamo.processes.api.ProcessStatus.Plan;
import io.secamo.processes.api.ProcessStatus.Vote;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is remembered of a process, and what must be forgotten. */
class JournalTest {
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
        sha256, sha256, "s", List.of(), null, null, "account", null, "policy", null, null, NOW);
  }

  private static String condition(ProcessStatus status, String type) {
    return status.conditions().stream()
        .filter(c -> c.type().equals(type))
        .findFirst()
        .orElseThrow()
        .status();
  }
}
