package io.secamo.processes.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.secamo.processes.fault.Checker.Seen;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the checker finds fault with when one request removes what another one opened. */
class RemovalTest {
  private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
  private static final String BY = "processes.secamo.io/requested-by";
  private static final String VOTE = "approve.processes.secamo.io/security.1";

  @Test
  void whatIsRemovedOnceThatIsApprovedIsNoFault() {
    assertThat(violations(60, removal(30, "u", "approver d", "Completed"))).isEmpty();
  }

  @Test
  void whatIsRemovedBeforeAnybodyApprovedThatIsFound() {
    String sentence = "I2: rule removed without an approved removal request";
    assertThat(violations(60, removal(3600, "u", "approver d", "Completed"))).contains(sentence);
    assertThat(violations(60, removal(30, "u", "approver old", "Completed"))).contains(sentence);
    assertThat(violations(60, removal(30, "u", "requester d", "Completed"))).contains(sentence);
    assertThat(violations(60, removal(30, "other", "approver d", "Completed"))).contains(sentence);
  }

  @Test
  void whatIsRemovedLongAfterTheApprovalIsFound() {
    assertThat(violations(9000, removal(30, "u", "approver d", "Completed")))
        .singleElement()
        .asString()
        .startsWith("I3: rule removed too late");
  }

  @Test
  void aRemovalThatDoesNotComeToItsEndIsFound() {
    assertThat(violations(60, removal(30, "u", "approver d", "NeedsAttention")))
        .containsExactly("I4: the removal ended as NeedsAttention");
  }

  @Test
  void whatIsCompletedGoesOnOnlyToBeRemoved() {
    Edges removed = new Edges(true);
    assertThat(removed.contains("Applying", "Completed")).isTrue();
    assertThat(removed.contains("Completed", "Reverting")).isTrue();
    assertThat(removed.contains("Reverting", "Removed")).isTrue();
    assertThat(removed.contains("Reverting", "Withdrawn")).isFalse();
    assertThat(removed.contains("Removed", "Completed")).isFalse();
    assertThat(new Edges(false).contains("Completed", "Reverting")).isFalse();
  }

  /** Of a rule that was made at noon and removed so many seconds later. */
  private static List<String> violations(int removed, History.Version removal) {
    Seen first =
        seen(
            List.of(),
            new Ledger.Entry(NOON, "rule.added", "1", "web"),
            new Ledger.Entry(NOON.plusSeconds(removed), "rule.removed", "1", "web"));
    return Removal.violations(first, seen(List.of(removal)), Instant.EPOCH);
  }

  private static Seen seen(List<History.Version> versions, Ledger.Entry... deeds) {
    List<String> none = List.of();
    return new Seen(
        "u",
        versions,
        List.of(deeds),
        none,
        none,
        none,
        none,
        ApiServer.JSON.createArrayNode(),
        none,
        none);
  }

  private static History.Version removal(int seconds, String of, String vote, String state) {
    ObjectNode request = ApiServer.JSON.createObjectNode();
    request.withObject("/metadata/annotations").put(BY, "requester").put(VOTE, vote);
    request.withObject("/status").put("state", state).withObject("/plan").put("digest", "d");
    request.withObject("/status/plan/removes").put("uid", of);
    return new History.Version(NOON.plusSeconds(seconds), "MODIFIED", request);
  }
}
