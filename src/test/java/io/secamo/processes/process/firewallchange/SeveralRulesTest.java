package io.secamo.processes.process.firewallchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secamo.processes.api.EffectState;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.api.firewall.FirewallChangeSpec.Adoption;
import io.secamo.processes.api.firewall.FirewallChangeSpec.Direction;
import io.secamo.processes.api.firewall.FirewallChangeSpec.OnDelete;
import io.secamo.processes.api.firewall.FirewallChangeSpec.Protocol;
import io.secamo.processes.api.orchestrator.ChangeWindowSpec;
import io.secamo.processes.api.orchestrator.ConnectionSpec.Fault;
import io.secamo.processes.api.orchestrator.ConnectionSpec.FaultKind;
import io.secamo.processes.api.plan.Change.Does;
import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.FirewallProvider.LiveRule;
import io.secamo.processes.engine.procedure.Request.Wish;
import io.secamo.processes.firewall.Rule;
import io.secamo.processes.process.firewallchange.Stage.Change;
import io.secamo.processes.window.Calendar;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A change of several rules, of which some are there, some are late and some are not ours. */
class SeveralRulesTest {
  private static final Rule HTTPS = Rule.parse("Ingress tcp 443 from 203.0.113.0/24");
  private static final Rule HTTP = Rule.parse("Ingress tcp 80 from 203.0.113.0/24");
  private final Stage stage = new Stage();

  @Test
  void thePlanSaysWhichRulesAreAddedAndOnWhichItRelies() {
    stage.sandbox().firewall().orElseThrow().add("web", HTTPS, "made by hand");
    Change change = stage.submitted("web", both(null));
    assertThat(change.status.plan().effects())
        .containsExactly("rely on " + HTTPS + " on web", "add " + HTTP + " on web");
    assertThat(change.status.plan().changes())
        .extracting(io.secamo.processes.api.plan.Change::does)
        .containsExactly(Does.RELY_ON, Does.ADD);

    stage.vote(change, "ann", "security", true, "");
    assertThat(change.status.effects())
        .filteredOn(e -> e.step().equals("Apply"))
        .extracting(e -> e.state())
        .containsExactly(EffectState.REFERENCED, EffectState.DONE);
  }

  @Test
  void anotherRuleOfSomebodyElseIsNoReasonToRejectWhereAdoptionIsNever() {
    stage.sandbox().firewall().orElseThrow().add("web", HTTP, "made by hand");
    Change change = stage.submitted("web", new Wanted().adoption(Adoption.NEVER));

    assertThat(change.state()).isEqualTo(State.AWAITING_APPROVAL);
  }

  @Test
  void eachRuleIsOnRecordWithItsId() {
    Change change = stage.submitted("web", both(null));
    stage.vote(change, "ann", "security", true, "");

    assertThat(change.status.evidence())
        .filteredOn(e -> e.what().equals("Applied"))
        .flatExtracting(e -> e.facts())
        .containsExactly(HTTPS + " on web", "id " + id(HTTPS), HTTP + " on web", "id " + id(HTTP));
    assertThat(change.status.evidence())
        .filteredOn(e -> e.what().equals("Verified"))
        .flatExtracting(e -> e.facts())
        .containsExactly("every rule was read back from the firewall");
  }

  /** More rules than a chain has entries. */
  @Test
  void eachOfVeryManyRulesIsOnRecordWithItsId() {
    List<String> peers = IntStream.range(0, 32).mapToObj(i -> "203.0.113." + i + "/32").toList();
    List<String> ports = IntStream.range(0, 8).mapToObj(i -> "" + (1000 + i)).toList();
    FirewallChangeSpec.Rule many =
        new FirewallChangeSpec.Rule("many", Direction.INGRESS, Protocol.TCP, ports, peers, null);
    Change change = stage.submitted("web", new Wanted().rules(many));
    stage.vote(change, "ann", "security", true, "");

    assertThat(change.state()).isEqualTo(State.COMPLETED);
    assertThat(change.status.evidence())
        .filteredOn(e -> e.what().equals("Applied"))
        .flatExtracting(e -> e.facts())
        .filteredOn(fact -> fact.startsWith("id "))
        .hasSize(256);
  }

  @Test
  void whatHasBegunIsFinishedThoughAWindowClosesMeanwhile() {
    adding(
        (real, group, rule, marker) -> {
          if (rule.equals(HTTP)) {
            throw new ConnectorFailure.Transient("the cloud is away", null);
          }
          return real.add(group, rule, marker);
        });
    Change change = stage.submitted("web", both(null));
    stage.vote(change, "ann", "security", true, "");
    assertThat(stage.cloud()).extracting(LiveRule::rule).containsExactly(HTTPS);

    freeze();
    stage.cloudSeenThrough = real -> real;
    stage.pass(Duration.ofMinutes(6));

    assertThat(change.state()).isEqualTo(State.COMPLETED);
    assertThat(stage.cloud()).hasSize(2);
  }

  @Test
  void whatWasOnlyAnnouncedWaitsForItsWindow() {
    adding(
        (real, group, rule, marker) -> {
          throw new ConnectorFailure.Transient("the cloud is away", null);
        });
    Change change = stage.submitted("web", both(null));
    stage.vote(change, "ann", "security", true, "");

    freeze();
    stage.cloudSeenThrough = real -> real;
    stage.pass(Duration.ofMinutes(6));

    assertThat(change.state()).isEqualTo(State.SCHEDULED);
    assertThat(stage.cloud()).isEmpty();
  }

  /** Which of the two the firewall lists first must not matter. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void eachRuleWhoseAnswerWasLostIsFoundByItsOwnMarker(boolean reversed) {
    Change change = stage.submitted("web", both("8h"));
    adding(
        (real, group, rule, marker) -> {
          LiveRule made = real.add(group, rule, marker);
          if (rule.equals(HTTP)) {
            throw new ConnectorFailure.Unknown("no answer", null);
          }
          return made;
        });
    stage.vote(change, "ann", "security", true, "");
    assertThat(stage.cloud()).hasSize(2);

    stage.cloudSeenThrough =
        real -> new Distorted(real, rules -> reversed ? rules.reversed() : rules);
    change.wish(Wish.WITHDRAW);
    stage.pass(Duration.ofMinutes(6));

    assertThat(change.state()).isEqualTo(State.WITHDRAWN);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void anEqualRuleOfSomebodyElseIsNotTakenForTheOneWhoseAnswerWasLost() {
    Change change = stage.submitted("web", new Wanted().expiringAfter("8h"));
    adding(
        (real, group, rule, marker) -> {
          throw new ConnectorFailure.Unknown("no answer", null);
        });
    stage.vote(change, "ann", "security", true, "");

    stage.sandbox().firewall().orElseThrow().add("web", HTTPS, "made by hand");
    change.wish(Wish.WITHDRAW);
    stage.pass(Duration.ofMinutes(6));

    assertThat(change.state()).isEqualTo(State.WITHDRAWN);
    assertThat(stage.cloud()).extracting(LiveRule::marker).containsExactly("made by hand");
  }

  @Test
  void aRuleThatMayStillShowUpIsWaitedForBeforeTheEnd() {
    Change change = stage.submitted("web", new Wanted().expiringAfter("8h"));
    stage.faults.add(new Fault("add", FaultKind.REPLY_LOST, 1));
    stage.vote(change, "ann", "security", true, "");
    stage.blind = true;
    change.wish(Wish.WITHDRAW);
    stage.pass(Duration.ofSeconds(9));
    assertThat(change.state()).isEqualTo(State.REVERTING);
    assertThat(change.status.message()).contains("may still show up");

    stage.blind = false;
    stage.pass(Duration.ofMinutes(6));
    assertThat(change.state()).isEqualTo(State.WITHDRAWN);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void aRuleThatIsMissingAfterTheTimeToSettleIsNamed() {
    Change change = stage.submitted("web", both(null));
    stage.cloudSeenThrough =
        real ->
            new Distorted(
                real, rules -> rules.stream().filter(r -> !r.rule().equals(HTTP)).toList());
    stage.vote(change, "ann", "security", true, "");
    assertThat(change.state()).isEqualTo(State.VERIFYING);
    assertThat(change.status.message())
        .contains("security group web does not show " + HTTP + " yet");

    stage.pass(Duration.ofSeconds(10));
    assertThat(change.state()).isEqualTo(State.ROLLED_BACK);
    assertThat(change.status.message())
        .isEqualTo(
            "not found on security group web after it was added: "
                + HTTP
                + "; 2 changes removed, observed gone");
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void aFirewallThatAddsSomethingElseIsNotBelieved() {
    adding((real, group, rule, marker) -> real.add(group, HTTP, marker));
    Change change = stage.submitted("web", new Wanted().build());

    assertThatThrownBy(() -> stage.vote(change, "ann", "security", true, ""))
        .hasRootCauseMessage("the firewall answered " + HTTP + " to " + HTTPS);
    assertThat(change.state()).isNotEqualTo(State.COMPLETED);
  }

  @Test
  void anotherAccountThanTheApprovedOneIsNotChanged() {
    Change change = stage.submitted("web", new Wanted().build());
    String approved = change.status.plan().digest();
    stage.cloudSeenThrough =
        real -> new Odd(real, new Account("somebody else's"), FirewallProvider::add);
    stage.vote(change, "ann", "security", true, "");

    assertThat(change.state()).isEqualTo(State.AWAITING_APPROVAL);
    assertThat(change.status.plan().digest()).isNotEqualTo(approved);
    assertThat(change.status.plan().account()).isEqualTo("somebody else's");
    assertThat(stage.cloud()).isEmpty();
  }

  private String id(Rule rule) {
    return stage.cloud().stream().filter(r -> r.rule().equals(rule)).findFirst().orElseThrow().id();
  }

  private void freeze() {
    stage.windows.add(
        new Calendar.Named(
            "w",
            new ChangeWindowSpec(
                ChangeWindowSpec.Type.FREEZE,
                "UTC",
                "2027-01-04T00:00:00",
                "2d",
                null,
                null,
                null,
                "no changes now")));
  }

  private void adding(Addition addition) {
    stage.cloudSeenThrough = real -> new Odd(real, real.account(), addition);
  }

  private interface Addition {
    LiveRule add(FirewallProvider real, String group, Rule rule, String marker);
  }

  /** A cloud that adds rules in its own way, and may be somebody else's. */
  private static final class Odd extends SeenThrough {
    private final Account account;
    private final Addition addition;

    Odd(FirewallProvider real, Account account, Addition addition) {
      super(real);
      this.account = account;
      this.addition = addition;
    }

    @Override
    public Account check() {
      return account;
    }

    @Override
    public Account account() {
      return account;
    }

    @Override
    public LiveRule add(String group, Rule rule, String marker) {
      return addition.add(real, group, rule, marker);
    }
  }

  private static FirewallChangeSpec both(String expiresAfter) {
    return new Wanted("", "", null, null, expiresAfter, Adoption.REFERENCE, OnDelete.RETAIN)
        .rules(
            new FirewallChangeSpec.Rule(
                "web",
                Direction.INGRESS,
                Protocol.TCP,
                List.of("443", "80"),
                List.of("203.0.113.0/24"),
                null));
  }
}
