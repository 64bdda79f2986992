package io.secamo.processes.process.firewallchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.State;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.engine.procedure.Request.Wish;
import io.secamo.processes.firewall.Rule;
import io.secamo.processes.process.firewallchange.Stage.Change;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One request ends in the very moment in which another one finds its rule, and is told that it is
 * live: nobody looks again afterwards.
 */
class TakenOverTest {
  private final Stage stage = new Stage();
  private Change ends;
  private Change begins;
  private Runnable onceFound = () -> {};
  private Runnable onceReadBack = () -> {};

  @BeforeEach
  void oneIsInForceAndTheOtherIsApproved() {
    ends = stage.submitted("ends", new Wanted().expiringAfter("8h"));
    stage.vote(ends, "approver", "security", true, "");
    assertThat(ends.state()).isEqualTo(State.IN_FORCE);
    begins = stage.submitted("begins", new Wanted().expiringAfter("4h"));
    begins.annotate(
        Annotations.APPROVE_PREFIX + "security.approver",
        "approver " + begins.status.plan().digest());
    stage.cloudSeenThrough = Watched::new;
  }

  @Test
  void whatEndsWhileAnotherOneFindsItWaitsUntilThatIsTold() {
    onceFound = this::withdrawn;
    stage.workOn(begins);
    assertThat(begins.state()).isEqualTo(State.IN_FORCE);
    assertLive();
  }

  @Test
  void whatEndsAfterAnotherOneHasReadItBackWaitsUntilThatIsTold() {
    onceReadBack = this::withdrawn;
    stage.workOn(begins);
    assertThat(begins.state()).isEqualTo(State.IN_FORCE);
    assertLive();
  }

  /** It was to be removed before the other one looked: that one adds its own afterwards. */
  @Test
  void whatIsJustBeingRemovedIsNotCountedOn() {
    stage.justBeforeAnEffect = () -> ends.wish(Wish.WITHDRAW);
    stage.workOn(begins);
    stage.justBeforeAnEffect = () -> {};
    assertThat(begins.state()).isNotEqualTo(State.IN_FORCE);
    assertThat(begins.status.message()).contains("is just being removed by team-a/ends");
    stage.workOn(ends);
    assertThat(ends.state()).isEqualTo(State.WITHDRAWN);
    assertThat(stage.cloud()).isEmpty();

    stage.pass(Duration.ofSeconds(10));

    assertThat(begins.state()).isEqualTo(State.IN_FORCE);
    assertThat(stage.cloud()).hasSize(1);
  }

  /** Otherwise whoever announces again and again would keep it open. */
  @Test
  void whatIsNeverToldKeepsNothingOpen() {
    onceFound =
        () -> {
          throw new ConnectorFailure.Unknown("no answer", null);
        };
    stage.workOn(begins);
    withdrawn();
    assertThat(stage.cloud()).hasSize(1);
    stage.now = stage.now.plusSeconds(25);
    stage.workOn(ends);
    assertThat(ends.state()).isEqualTo(State.WITHDRAWN);
    assertThat(stage.cloud()).isEmpty();
  }

  private void withdrawn() {
    onceFound = () -> {};
    onceReadBack = () -> {};
    ends.wish(Wish.WITHDRAW);
    stage.workOn(ends);
  }

  private void assertLive() {
    stage.pass(Duration.ofSeconds(10));
    assertThat(ends.state()).isEqualTo(State.WITHDRAWN);
    assertThat(begins.state()).isEqualTo(State.IN_FORCE);
    assertThat(stage.cloud()).as("what is told to be live").hasSize(1);
    stage.pass(Duration.ofHours(4));
    assertThat(stage.cloud()).isEmpty();
  }

  /** A cloud in which something happens while one request adds its rule, or reads it back. */
  private final class Watched extends SeenThrough {
    Watched(FirewallProvider real) {
      super(real);
    }

    @Override
    public LiveRule add(String group, Rule rule, String marker) {
      LiveRule live = super.add(group, rule, marker);
      onceFound.run();
      return live;
    }

    @Override
    public Optional<Group> group(String id) {
      Optional<Group> shown = super.group(id);
      onceReadBack.run();
      return shown;
    }
  }
}
