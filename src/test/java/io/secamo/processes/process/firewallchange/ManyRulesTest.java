package io.secamo.processes.process.firewallchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.process.firewallchange.Stage.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A request with many rules is not open for long after its end because each is looked for. */
class ManyRulesTest {
  private static final int MANY = 40;

  private final Stage stage = new Stage();
  private final List<String> calls = new ArrayList<>();
  private boolean groupsAreUnreadable;
  private boolean signInFails;
  private boolean mayOnlyLook;
  private String first;

  @Test
  void aGroupIsReadOnceForAllOfItsRulesAndOnceMoreWhenTheyAreGone() {
    Change change = live();
    stage.pass(Duration.ofHours(8));

    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(stage.cloud()).isEmpty();
    assertThat(Collections.frequency(calls, "group")).isEqualTo(2);
    assertThat(Collections.frequency(calls, "find")).isZero();
    assertThat(Collections.frequency(calls, "remove")).isEqualTo(MANY);
  }

  @Test
  void ofAGroupThatCannotBeReadEachRuleIsLookedForAndRemoved() {
    Change change = live();
    groupsAreUnreadable = true;
    stage.pass(Duration.ofHours(8));

    assertThat(stage.cloud()).isEmpty();
    assertThat(Collections.frequency(calls, "find")).isEqualTo(MANY);
    assertThat(change.state()).as("nobody has seen it").isEqualTo(State.NEEDS_ATTENTION);
  }

  /** Many clouds lock a user out after a handful of them, and then people are locked out too. */
  @Test
  void aPasswordThatIsWrongByNowIsTriedOnceInAPassAndNotOnceForEachRule() {
    Change change = live();
    signInFails = true;
    stage.pass(Duration.ofHours(8));

    assertThat(calls).containsExactly("group");
    assertThat(stage.cloud()).hasSize(MANY);
    assertThat(change.status.message()).contains("the cloud does not accept the password");
    assertThat(change.status.overdueSince(stage.now)).as("all of them are told").isPresent();
    assertThat(change.status.effects())
        .filteredOn(effect -> effect.step().equals("Apply") && effect.standing())
        .hasSize(MANY);

    stage.pass(Duration.ofMinutes(1));
    assertThat(calls).containsExactly("group", "group");

    signInFails = false;
    stage.pass(Duration.ofMinutes(1));
    assertThat(stage.cloud()).isEmpty();
    assertThat(change.state()).isEqualTo(State.EXPIRED);
  }

  /** Who is let in may go on asking: that no rule may be removed is said of each rule. */
  @Test
  void aRightThatIsMissingForOneRuleDoesNotKeepTheOthers() {
    Change change = live();
    mayOnlyLook = true;
    stage.pass(Duration.ofHours(8));

    assertThat(Collections.frequency(calls, "remove")).isEqualTo(MANY);
    assertThat(stage.cloud()).hasSize(1);
    assertThat(change.status.message()).contains("rule 1 may not be removed");
  }

  private Change live() {
    FirewallChangeSpec.Rule[] rules =
        IntStream.range(0, MANY)
            .mapToObj(i -> KeptAliveTest.port(String.valueOf(8000 + 2 * i)))
            .toArray(FirewallChangeSpec.Rule[]::new);
    Change change =
        stage.submitted("web", KeptAliveTest.temporary(new Wanted().rules(rules), "8h"));
    stage.vote(change, "ann", "security", true, "");
    assertThat(change.state()).isEqualTo(State.IN_FORCE);
    assertThat(stage.cloud()).hasSize(MANY);
    first = stage.cloud().get(0).id();
    stage.cloudSeenThrough = CountedLooks::new;
    return change;
  }

  private final class CountedLooks extends SeenThrough {
    CountedLooks(FirewallProvider real) {
      super(real);
    }

    private void call(String name) {
      calls.add(name);
      if (signInFails) {
        throw new ConnectorFailure.NotLetIn("the cloud does not accept the password");
      }
    }

    @Override
    public Account check() {
      call("check");
      return super.check();
    }

    @Override
    public Account account() {
      if (signInFails) {
        call("account");
      }
      return super.account();
    }

    @Override
    public Optional<Group> group(String id) {
      call("group");
      if (groupsAreUnreadable) {
        throw new ConnectorFailure.Refused("too many rules to judge");
      }
      return super.group(id);
    }

    @Override
    public Optional<Found> find(String rule) {
      call("find");
      return super.find(rule);
    }

    @Override
    public void remove(String rule) {
      call("remove");
      if (mayOnlyLook && rule.equals(first)) {
        throw new ConnectorFailure.Unauthorized("rule 1 may not be removed");
      }
      super.remove(rule);
    }
  }
}
