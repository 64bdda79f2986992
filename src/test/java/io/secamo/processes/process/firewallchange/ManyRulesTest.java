package io.secamo.processes.process.firewallchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.FirewallChangeSpec;
import io.secamo.processes.api.State;
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
    stage.cloudSeenThrough = Counted::new;
    return change;
  }

  private final class Counted extends SeenThrough {
    Counted(FirewallProvider real) {
      super(real);
    }

    @Override
    public Optional<Group> group(String id) {
      calls.add("group");
      if (groupsAreUnreadable) {
        throw new ConnectorFailure.Refused("too many rules to judge");
      }
      return super.group(id);
    }

    @Override
    public Optional<Found> find(String rule) {
      calls.add("find");
      return super.find(rule);
    }

    @Override
    public void remove(String rule) {
      calls.add("remove");
      super.remove(rule);
    }
  }
}
