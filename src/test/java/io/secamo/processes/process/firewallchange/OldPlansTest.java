package io.secamo.processes.process.firewallchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.State;
import io.secamo.processes.api.orchestrator.ConnectionSpec.Fault;
import io.secamo.processes.api.orchestrator.ConnectionSpec.FaultKind;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.FirewallProvider.Group;
import io.secamo.processes.firewall.Rule;
import io.secamo.processes.process.firewallchange.Stage.Change;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Votes on plans that were made a while ago: the world may have moved on since. */
class OldPlansTest {
  private static final Duration OLD = Duration.ofMinutes(11);

  private final Stage stage = new Stage();
  private final Wanted web = new Wanted();
  private int looks;

  @BeforeEach
  void twoVotesAreNeeded() {
    stage.policy(1, Stage.rule("every-change", null, Stage.gate("security", 2)));
    stage.cloudSeenThrough = CountedLooks::new;
  }

  /** Counts how often somebody looks at the group. */
  private final class CountedLooks extends SeenThrough {
    CountedLooks(FirewallProvider real) {
      super(real);
    }

    @Override
    public Group observe(String group) {
      looks++;
      return super.observe(group);
    }
  }

  private void somebodyOpens(String rule) {
    stage.sandbox().firewall().orElseThrow().add("web", Rule.parse(rule), "by hand");
  }

  @Test
  void aVoteOnWhatIsNotSoAnyMoreIsNotSaidToCount() {
    Change change = stage.submitted("web", web.from("203.0.113.0/24").ports("443").build());
    String old = change.status.plan().digest();
    stage.pass(OLD);
    somebodyOpens("Ingress tcp 443 from 203.0.113.0/25");

    stage.vote(change, "ann", "security", true, "");

    assertThat(change.status.plan().digest()).isNotEqualTo(old);
    assertThat(change.status.votes()).isNullOrEmpty();
    assertThat(change.status.waitingFor()).isEqualTo("security (0 of 2)");
    assertThat(change.status.message()).contains("replaces plan " + old);
  }

  /** Four entries in the same words say nothing about why people were asked again. */
  @Test
  void aPlanThatIsMadeAgainSaysFirstWhatIsDifferent() {
    Change change = stage.submitted("web", web.build());
    stage.policy(2, Stage.rule("every-change", null, Stage.gate("security", 3)));
    stage.work();

    assertThat(
            change.status.evidence().stream()
                .filter(entry -> entry.what().equals("Planned"))
                .map(entry -> entry.facts().get(0)))
        .satisfiesExactly(
            first -> assertThat(first).startsWith("adds 1 rule"),
            again ->
                assertThat(again)
                    .isEqualTo("again, because the approval policies were changed, and 2 more"));
  }

  @Test
  void aVoteOnWhatIsStillSoCountsAfterOneLookAndMovesNoDeadline() {
    Change change = stage.submitted("web", web.build());
    String digest = change.status.plan().digest();
    looks = 0;
    stage.pass(Duration.ofHours(5));
    assertThat(looks).as("nobody votes").isZero();

    stage.vote(change, "ann", "security", true, "");

    assertThat(looks).isEqualTo(1);
    assertThat(change.status.plan().digest()).isEqualTo(digest);
    assertThat(change.status.plan().computedAt()).isEqualTo(stage.now.minus(Duration.ofHours(5)));
    assertThat(change.status.waitingFor()).isEqualTo("security (1 of 2)");
    stage.pass(Duration.ofHours(5));
    assertThat(looks).as("it was counted before").isEqualTo(1);
  }

  @Test
  void whoIsTheLastToVoteVotesOnWhatIsSo() {
    Change change = stage.submitted("web", web.build());
    stage.vote(change, "ann", "security", true, "");
    stage.pass(OLD);
    somebodyOpens("Ingress tcp 443 from 0.0.0.0/0");

    stage.vote(change, "bob", "security", true, "");

    assertThat(change.state()).isEqualTo(State.ALREADY_SATISFIED);
    assertThat(stage.cloud()).hasSize(1);
  }

  @Test
  void aPlanThatWasJustMadeIsNotLookedAtAgain() {
    Change change = stage.submitted("web", web.build());
    looks = 0;
    stage.pass(Duration.ofMinutes(10));
    stage.vote(change, "ann", "security", true, "");
    assertThat(looks).isZero();
    assertThat(change.status.waitingFor()).isEqualTo("security (1 of 2)");
  }

  @Test
  void aVoteWaitsForACloudThatIsAwayAndANoDoesNot() {
    Change change = stage.submitted("web", web.build());
    stage.pass(OLD);
    stage.faults.add(new Fault("observe", FaultKind.UNAVAILABLE, 1000));
    stage.vote(change, "ann", "security", true, "");
    assertThat(change.status.votes()).isNullOrEmpty();
    assertThat(change.status.message()).contains("unavailable");

    stage.vote(change, "bob", "security", false, "not now");
    assertThat(change.state()).isEqualTo(State.REJECTED);
  }
}
