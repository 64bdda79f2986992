package io.secamo.processes.process.firewallchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.api.firewall.FirewallChangeSpec.Direction;
import io.secamo.processes.api.firewall.FirewallChangeSpec.Protocol;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec;
import io.secamo.processes.api.orchestrator.ConnectionSpec.Fault;
import io.secamo.processes.api.orchestrator.ConnectionSpec.FaultKind;
import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.engine.procedure.Request.Wish;
import io.secamo.processes.firewall.Rule;
import io.secamo.processes.process.firewallchange.Stage.Change;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people did to keep a temporary access live, and what is told of its end. */
class KeptAliveTest {
  private final Stage stage = new Stage();
  private final Wanted web = new Wanted();

  @Test
  void aConnectionThatLeadsElsewhereByNowDoesNotMakeARuleGone() {
    Change change = live("web", web.expiringAfter("8h"));
    stage.endpoint = "https://elsewhere.example.com";
    stage.pass(Duration.ofHours(8));

    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(change.status.message())
        .contains("at sandbox (conn-uid) at https://cloud.example.com")
        .contains("leads to sandbox (conn-uid) at https://elsewhere.example.com now");
    assertThat(stage.cloud()).hasSize(1);

    stage.endpoint = "https://cloud.example.com";
    stage.pass(Duration.ofMinutes(1));
    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(stage.cloud()).isEmpty();
  }

  /** It led elsewhere for a moment, and was deleted. */
  @Test
  void ofAConnectionThatIsNotThereNobodyIsToldThatItLeadsSomewhere() {
    Change change = live("web", web.expiringAfter("8h"));
    stage.endpoint = "https://elsewhere.example.com";
    stage.connectionRemembered = true;
    stage.pass(Duration.ofHours(8));

    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(change.status.message())
        .contains("at sandbox (conn-uid) at https://cloud.example.com")
        .contains("there is no Connection sandbox any more")
        .doesNotContain("leads to");
    assertThat(stage.cloud()).hasSize(1);
  }

  @Test
  void aConnectionThatWasDeletedAndMadeAnewRemovesWhatTheOldOneMade() {
    Change change = live("web", web.expiringAfter("8h"));
    stage.connectionUid = "another-uid";
    stage.pass(Duration.ofHours(8));

    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void credentialsOfAnotherAccountDoNotMakeARuleGone() {
    Change change = live("web", web.expiringAfter("8h"));
    stage.cloudSeenThrough = real -> new Cloud(real, Optional.of("somebody else's project"));
    stage.pass(Duration.ofHours(8));

    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(change.status.message()).contains("leads to somebody else's project now");
    stage.cloudSeenThrough = real -> real;
    assertThat(stage.cloud()).hasSize(1);
    stage.pass(Duration.ofMinutes(1));
    assertThat(change.state()).isEqualTo(State.EXPIRED);
  }

  /** Its session had ended, and by then the Secret was another one: there the rule is not found. */
  @Test
  void aRemovalThatSignedInAsSomebodyElseDoesNotMakeARuleGone() {
    Change change = live("web", web.expiringAfter("8h"));
    stage.cloudSeenThrough = SignsInAtARemoval::new;
    stage.pass(Duration.ofHours(8));

    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(change.status.message()).contains("leads to somebody else's project now");
    stage.cloudSeenThrough = real -> real;
    assertThat(stage.cloud()).hasSize(1);
    stage.pass(Duration.ofMinutes(1));
    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void aGroupThatWasRenamedDoesNotKeepItsRules() {
    Change change = live("web", web.expiringAfter("8h"));
    stage.cloudSeenThrough = NamedOtherwise::new;
    stage.pass(Duration.ofHours(8));

    assertThat(change.state()).isEqualTo(State.EXPIRED);
    stage.cloudSeenThrough = real -> real;
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void aStrangersSystemThatKnowsTheSameIdKeepsNothingLive() {
    Change change = live("web", web.expiringAfter("8h"));
    FirewallProvider theirs =
        new Strangers(
            stage.sandbox().firewall().orElseThrow(), change.status.effects().get(1).externalId());
    stage.cloudSeenThrough = real -> theirs;
    Change stranger = live("stranger", web.build());
    assertThat(stranger.status.effects().get(1).externalId())
        .isEqualTo(change.status.effects().get(1).externalId());
    assertThat(stranger.state()).isEqualTo(State.COMPLETED);
    stage.cloudSeenThrough = real -> real;
    stage.pass(Duration.ofHours(8));

    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void whatAnotherRequestNeedsStaysAndTheTextSaysForWhomAndHowLong() {
    Change change = live("web", web.expiringAfter("8h"));
    Change other = live("other", web.expiringAfter("12h"));
    stage.pass(Duration.ofHours(8));

    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(change.status.conditions())
        .filteredOn(it -> it.type().equals("InForce"))
        .as("it is over for who asked for it")
        .singleElement()
        .satisfies(it -> assertThat(it.status()).isEqualTo("False"))
        .satisfies(it -> assertThat(it.message()).contains("needed by another one"));
    assertThat(change.status.message())
        .contains("stays for team-a/other until " + other.status.expiresAt())
        .doesNotContain("removed", "gone");
    assertThat(stage.cloud()).hasSize(1);
    stage.pass(Duration.ofHours(4));
    assertThat(other.state()).isEqualTo(State.EXPIRED);
    assertThat(other.status.message()).contains("removed, observed gone");
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void aLateRemovalSaysHowLateItWas() {
    Change change = live("web", web.expiringAfter("8h"));
    stage.pass(Duration.ofHours(8).plusSeconds(88));

    assertThat(change.status.message())
        .isEqualTo("its time is over; removed 88 s after its end, observed gone");
  }

  @Test
  void anEmergencyDoesNotOutliveItsOwnEndBecauseNobodyHasReviewedIt() {
    stage.policy(
        1,
        new ApprovalPolicySpec(
            List.of(Stage.rule("every-change", null, Stage.gate("security", 1))),
            null,
            null,
            new ApprovalPolicySpec.BreakGlass(2, "8h")));
    Change change = stage.submitted("web", web.expiringAfter("1h"));
    change.annotate(
        Annotations.OVERRIDE_PREFIX + "security.oscar",
        "oscar " + change.status.plan().digest() + " INC-4711 it burns");
    stage.work();
    assertThat(change.state()).isEqualTo(State.AWAITING_APPROVAL);
    assertThat(stage.cloud()).hasSize(1);
    assertThat(change.status.message()).contains("it is removed at 2027-01-04T10:00:00Z");

    stage.pass(Duration.ofHours(1));
    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void whatWasMadeBeforeTheRestWasRefusedDoesNotOutliveItsEnd() {
    stage.cloudSeenThrough = real -> new OneIsRefused(real, "8443");
    Change change = stage.submitted("web", temporary(web.rules(port("443"), port("8443")), "25s"));
    stage.vote(change, "ann", "security", true, "");
    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(stage.cloud()).hasSize(1);

    stage.pass(Duration.ofSeconds(25));
    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void whatIsHeldBeforeItWasVerifiedDoesNotOutliveItsEnd() {
    stage.cloudSeenThrough = real -> new OneIsRefused(real, "8443");
    Change change = stage.submitted("web", temporary(web.rules(port("443"), port("8443")), "25s"));
    stage.vote(change, "ann", "security", true, "");
    change.wish(Wish.SUSPEND);
    stage.pass(Duration.ofSeconds(25));

    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void aRuleWhoseAnswerWasLostDoesNotOutliveItsEndWhileVotesAreAskedForAnew() {
    Change change = stage.submitted("web", web.expiringAfter("25s"));
    stage.faults.add(new Fault("add", FaultKind.REPLY_LOST, 1));
    stage.vote(change, "ann", "security", true, "");
    stage.policy(7, Stage.rule("every-change", null, Stage.gate("security", 1)));
    stage.pass(Duration.ofSeconds(10));
    assertThat(stage.cloud()).hasSize(1);
    stage.pass(Duration.ofSeconds(15));

    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void aTicketSystemThatIsAwayDoesNotKeepARuleThatNobodyHasSeen() {
    Change change = stage.submitted("web", temporary(web.rules(port("443"), port("8443")), "25s"));
    stage.faults.add(new Fault("add", FaultKind.REPLY_LOST, 1));
    stage.vote(change, "ann", "security", true, "");
    stage.faults.add(new Fault("find", FaultKind.UNAVAILABLE, 1000));
    stage.faults.add(new Fault("comment", FaultKind.UNAVAILABLE, 1000));
    stage.pass(Duration.ofSeconds(25));

    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void oneRuleThatCannotBeRemovedDoesNotKeepTheOthers() {
    Change change =
        live("web", temporary(web.rules(port("443"), port("8443"), port("9443")), "8h"));
    String stuck = change.status.effects().get(1).externalId();
    stage.cloudSeenThrough = real -> new OneStays(real, stuck);
    stage.pass(Duration.ofHours(8));

    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(stage.cloud()).hasSize(1);
    stage.pass(Duration.ofMinutes(1));
    assertThat(change.status.message())
        .startsWith("should have been removed at " + change.status.expiresAt())
        .contains("may still be live");
    stage.cloudSeenThrough = real -> real;
    stage.pass(Duration.ofMinutes(1));
    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void whoGivesARequestUpDoesNotLeaveItsAccessOpen() {
    stage.cloudSeenThrough = real -> new OneIsRefused(real, "8443");
    Change change = stage.submitted("web", temporary(web.rules(port("443"), port("8443")), "8h"));
    stage.vote(change, "ann", "security", true, "");
    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);
    change.annotate(Annotations.RESOLVE, "abandon nobody wants it");
    change.annotate(Annotations.RESOLVED_BY, "oscar");
    stage.work();

    assertThat(change.state()).isEqualTo(State.WITHDRAWN);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void anAccountThatWasRenamedIsTheSame() {
    stage.cloudSeenThrough = real -> new Named(real, "demo");
    Change change = live("web", web.expiringAfter("8h"));
    stage.cloudSeenThrough = real -> new Named(real, "renamed");
    stage.pass(Duration.ofHours(8));

    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void aReviewThatIsOwedIsNotForgottenWithANewPlan() {
    stage.policy(
        1,
        new ApprovalPolicySpec(
            List.of(Stage.rule("every-change", null, Stage.gate("security", 1))),
            null,
            null,
            new ApprovalPolicySpec.BreakGlass(2, "1h")));
    stage.cloudSeenThrough = real -> new OneIsRefused(real, "8443");
    Change change = stage.submitted("web", web.rules(port("443"), port("8443")));
    change.annotate(
        Annotations.OVERRIDE_PREFIX + "security.oscar",
        "oscar " + change.status.plan().digest() + " INC-4711 it burns");
    stage.work();
    assertThat(stage.cloud()).hasSize(1);
    change.annotate(Annotations.RESOLVE, "resume:Plan");
    change.annotate(Annotations.RESOLVED_BY, "oscar");
    stage.work();
    stage.pass(Duration.ofHours(1));

    assertThat(change.state()).isEqualTo(State.ROLLED_BACK);
    assertThat(change.status.message()).contains("not reviewed by 2 people before");
    assertThat(stage.cloud()).isEmpty();
  }

  private Change live(String name, FirewallChangeSpec spec) {
    Change change = stage.submitted(name, spec);
    stage.vote(change, "ann", "security", true, "");
    assertThat(change.state()).isIn(State.IN_FORCE, State.COMPLETED);
    return change;
  }

  static FirewallChangeSpec.Rule port(String port) {
    return new FirewallChangeSpec.Rule(
        "partner", Direction.INGRESS, Protocol.TCP, List.of(port), List.of("203.0.113.0/24"), null);
  }

  static FirewallChangeSpec temporary(FirewallChangeSpec spec, String after) {
    return new FirewallChangeSpec(
        spec.connection(),
        spec.target(),
        spec.rules(),
        spec.ticket(),
        spec.justification(),
        null,
        null,
        after,
        spec.adoption(),
        spec.onDelete(),
        null,
        null,
        null,
        null);
  }

  /** The same cloud, in whose name calls are made being another one. */
  static class Cloud extends SeenThrough {
    private final Optional<String> account;

    Cloud(FirewallProvider real, Optional<String> account) {
      super(real);
      this.account = account;
    }

    @Override
    public Account check() {
      return account();
    }

    @Override
    public Account account() {
      return account.map(Account::new).orElseGet(super::account);
    }

    @Override
    public Optional<Group> group(String id) {
      return account.isPresent() ? Optional.empty() : super.group(id);
    }

    @Override
    public Optional<Found> find(String rule) {
      return account.isPresent() ? Optional.empty() : super.find(rule);
    }

    @Override
    public void remove(String rule) {
      if (account.isEmpty()) {
        super.remove(rule);
      }
    }
  }

  /** Whose removal is the first call with other credentials. */
  private static final class SignsInAtARemoval extends SeenThrough {
    private static final Account OTHER = new Account("somebody else's project");
    private boolean signedIn;

    SignsInAtARemoval(FirewallProvider real) {
      super(real);
    }

    @Override
    public Account check() {
      return account();
    }

    @Override
    public Account account() {
      return signedIn ? OTHER : super.account();
    }

    @Override
    public void remove(String rule) {
      signedIn = true;
    }
  }

  /** Gives its rule an id of its choice. */
  private static final class Strangers extends Cloud {
    private final String id;
    private Optional<LiveRule> made = Optional.empty();

    Strangers(FirewallProvider real, String id) {
      super(real, Optional.of("a tenant's own cloud"));
      this.id = id;
    }

    @Override
    public Group observe(String group) {
      return new Group(group, made.stream().toList());
    }

    @Override
    public Optional<Group> group(String id) {
      return Optional.of(observe(id));
    }

    @Override
    public Optional<Found> find(String rule) {
      return made.map(there -> new Found("web", there));
    }

    @Override
    public LiveRule add(String group, Rule rule, String marker) {
      made = Optional.of(new LiveRule(id, rule, marker));
      return made.get();
    }
  }

  /** Its groups have other names by now. */
  private static final class NamedOtherwise extends Cloud {
    NamedOtherwise(FirewallProvider real) {
      super(real, Optional.empty());
    }

    @Override
    public Group observe(String group) {
      throw new ConnectorFailure.Refused("there is no security group '" + group + "'");
    }
  }

  /** Takes no rule for one port. */
  static final class OneIsRefused extends Cloud {
    private final String port;

    OneIsRefused(FirewallProvider real, String port) {
      super(real, Optional.empty());
      this.port = port;
    }

    @Override
    public LiveRule add(String group, Rule rule, String marker) {
      if (rule.toString().contains(port)) {
        throw new ConnectorFailure.Refused("the quota of the project is used up");
      }
      return super.add(group, rule, marker);
    }
  }

  /** Does not remove one rule. */
  private static final class OneStays extends Cloud {
    private final String id;

    OneStays(FirewallProvider real, String id) {
      super(real, Optional.empty());
      this.id = id;
    }

    @Override
    public void remove(String rule) {
      if (rule.equals(id)) {
        throw new ConnectorFailure.Refused("the rule is in use");
      }
      super.remove(rule);
    }
  }

  /** Whose account is called otherwise from time to time. */
  private static final class Named extends Cloud {
    private final String name;

    Named(FirewallProvider real, String name) {
      super(real, Optional.empty());
      this.name = name;
    }

    @Override
    public Account account() {
      return new Account("project " + name + " (p1) at cloud", "(p1) at cloud");
    }
  }
}
