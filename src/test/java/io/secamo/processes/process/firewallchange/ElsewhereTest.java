package io.secamo.processes.process.firewallchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.api.orchestrator.ConnectionSpec.Fault;
import io.secamo.processes.api.orchestrator.ConnectionSpec.FaultKind;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.process.firewallchange.KeptAliveTest.Cloud;
import io.secamo.processes.process.firewallchange.Stage.Change;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A Connection that leads elsewhere for a while, at each moment at which something is believed of
 * what was made: not found there does not mean that it is not there.
 */
class ElsewhereTest {
  private final Stage stage = new Stage();
  private final Wanted web = new Wanted();

  /** How it comes to lead elsewhere. */
  private enum Way {
    CONNECTION("https://elsewhere.example.com now") {
      @Override
      void lead(Stage stage) {
        stage.endpoint = "https://elsewhere.example.com";
      }
    },
    ACCOUNT("somebody else's project now") {
      @Override
      void lead(Stage stage) {
        stage.cloudSeenThrough = real -> new Cloud(real, Optional.of("somebody else's project"));
      }
    };

    private final String words;

    Way(String words) {
      this.words = words;
    }

    abstract void lead(Stage stage);
  }

  private void leadBack() {
    stage.endpoint = "https://cloud.example.com";
    stage.cloudSeenThrough = real -> real;
  }

  @ParameterizedTest
  @EnumSource
  void aRuleWhoseAnswerWasLostIsNotGoneBecauseItIsNotFoundThere(Way way) {
    Change change = madeAndNotKnown("25s");
    way.lead(stage);
    stage.pass(Duration.ofSeconds(25));

    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(change.status.message()).contains(way.words);
    leadBack();
    assertThat(stage.cloud()).hasSize(1);
    stage.pass(Duration.ofMinutes(1));
    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(stage.cloud()).isEmpty();
  }

  /** Else it would live until somebody lets the Connection lead back. */
  @ParameterizedTest
  @EnumSource
  void aRuleIsRemovedInTimeWithTheConnectorThatMadeIt(Way way) {
    stage.makerRemembered = true;
    Change change = stage.submitted("web", KeptAliveTest.temporary(atDesk(), "25s"));
    stage.vote(change, "ann", "security", true, "");
    assertThat(change.state()).isEqualTo(State.IN_FORCE);
    way.lead(stage);
    stage.pass(Duration.ofSeconds(25));

    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(stage.cloud()).isEmpty();
  }

  /** It undoes, and proves nothing about what is to go on. */
  @ParameterizedTest
  @EnumSource
  void whatIsMissingIsNotLookedForWithTheConnectorThatMadeIt(Way way) {
    stage.makerRemembered = true;
    aRuleThatWasMadeIsNotMissingBecauseItIsNotFoundThere(way);
  }

  @ParameterizedTest
  @EnumSource
  void aRuleThatWasMadeIsNotMissingBecauseItIsNotFoundThere(Way way) {
    Change change = stage.submitted("web", atDesk());
    stage.blind = true;
    stage.vote(change, "ann", "security", true, "");
    assertThat(change.state()).isEqualTo(State.VERIFYING);
    way.lead(stage);
    stage.pass(Duration.ofSeconds(20));

    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(change.status.message()).contains(way.words);
    stage.blind = false;
    leadBack();
    stage.pass(Duration.ofMinutes(1));
    assertThat(change.state()).isEqualTo(State.COMPLETED);
    assertThat(stage.cloud()).hasSize(1);
  }

  /** What is read back there proves nothing about what was made here. */
  @ParameterizedTest
  @EnumSource
  void aRuleThatWasMadeIsNotVerifiedByOneThatLooksTheSameThere(Way way) {
    Change change = stage.submitted("web", atDesk());
    stage.blind = true;
    stage.vote(change, "ann", "security", true, "");
    way.lead(stage);
    if (way == Way.ACCOUNT) {
      stage.cloudSeenThrough = Alike::new;
    }
    stage.blind = false;
    stage.pass(Duration.ofSeconds(8));

    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(change.status.message()).contains(way.words);
    assertThat(change.status.evidence()).noneMatch(entry -> entry.what().equals("Verified"));
  }

  /** Somebody else's cloud in which everything looks as in ours. */
  private static final class Alike extends Cloud {
    Alike(FirewallProvider real) {
      super(real, Optional.of("somebody else's project"));
    }

    @Override
    public Optional<Group> group(String id) {
      return real.group(id);
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsMadeThereWhileARuleMayHaveBeenMadeHere(Way way) {
    Change change = madeAndNotKnown("8h");
    String made = change.status.effects().get(1).connection();
    way.lead(stage);
    stage.pass(Duration.ofMinutes(1));
    assertThat(change.state()).isEqualTo(State.AWAITING_APPROVAL);
    stage.vote(change, "bob", "security", true, "");

    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(change.status.message()).contains(way.words);
    assertThat(change.status.effects().get(1).connection()).isEqualTo(made);
    leadBack();
    stage.pass(Duration.ofHours(8));
    assertThat(stage.cloud()).isEmpty();
  }

  /** Its ticket is elsewhere, so that it is not the ticket that is missed. */
  private FirewallChangeSpec atDesk() {
    stage.deskEndpoint = Optional.of("https://desk.example.com");
    return web.ticket(new FirewallChangeSpec.Ticket("desk", null, "ACME", null));
  }

  private Change madeAndNotKnown(String expiresAfter) {
    Change change = stage.submitted("web", KeptAliveTest.temporary(atDesk(), expiresAfter));
    stage.faults.add(new Fault("add", FaultKind.REPLY_LOST, 1));
    stage.vote(change, "ann", "security", true, "");
    assertThat(change.state()).isEqualTo(State.APPLYING);
    assertThat(change.status.effects().get(1).externalId()).isNull();
    assertThat(stage.cloud()).hasSize(1);
    return change;
  }
}
