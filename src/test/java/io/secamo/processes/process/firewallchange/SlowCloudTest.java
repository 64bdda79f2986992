package io.secamo.processes.process.firewallchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.EvidenceEntry;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.api.firewall.FirewallChangeSpec.Adoption;
import io.secamo.processes.api.firewall.FirewallChangeSpec.OnDelete;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.firewall.Rule;
import io.secamo.processes.process.firewallchange.Stage.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cloud that takes its time: what is told happened when it had, not when it was begun. */
class SlowCloudTest {
  private static final Duration CALL = Duration.ofSeconds(12);

  private final Stage stage = new Stage();
  private final Wanted web = new Wanted();
  private Change change;
  private Duration look = Duration.ZERO;

  /** What people read of the change before each removal. */
  private final List<String> readBefore = new ArrayList<>();

  /** Each change of it takes a while. */
  private final class Slow extends SeenThrough {
    Slow(FirewallProvider real) {
      super(real);
    }

    @Override
    public LiveRule add(String group, Rule rule, String marker) {
      stage.now = stage.now.plus(CALL);
      return super.add(group, rule, marker);
    }

    @Override
    public Group observe(String group) {
      stage.now = stage.now.plus(look);
      return super.observe(group);
    }

    @Override
    public void remove(String rule) {
      readBefore.add(change == null ? "" : change.status.state().word());
      stage.now = stage.now.plus(CALL);
      super.remove(rule);
    }
  }

  @BeforeEach
  void live() {
    stage.cloudSeenThrough = Slow::new;
    change = stage.submitted("web", web.expiringAfter("1h"));
    stage.vote(change, "ann", "security", true, "");
  }

  private Instant told(String what) {
    return told(change, what);
  }

  private static Instant told(Change change, String what) {
    return change.status.evidence().stream()
        .filter(entry -> entry.what().equals(what))
        .map(EvidenceEntry::at)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void nobodyReadsThatItWasLiveBeforeItWas() {
    assertThat(told("Applied")).isEqualTo(stage.now);
    assertThat(told("Verified")).isEqualTo(stage.now);
    assertThat(change.status.inForce().since()).isEqualTo(stage.now);
  }

  @Test
  void nobodyReadsThatItWasGoneWhileItWasOpen() {
    Instant end = change.status.expiresAt();
    stage.now = end;
    stage.work();

    assertThat(change.state()).isEqualTo(State.EXPIRED);
    Instant gone = end.plus(CALL);
    assertThat(change.status.inForce().revertedAt()).isEqualTo(gone);
    assertThat(told("Reverted")).isEqualTo(gone);
    assertThat(told("Ended")).isEqualTo(gone);
    assertThat(change.status.finishedAt()).isEqualTo(gone);
    assertThat(change.status.message()).contains("removed 12 s after its end, observed gone");
  }

  @Test
  void nobodyReadsOfAPlanBeforeTheLookOnWhichItRests() {
    look = CALL;
    Change planned = stage.submitted("slow", web.expiringAfter("1h"));
    assertThat(told(planned, "Planned")).isAfter(told(planned, "Submitted")).isEqualTo(stage.now);

    stage.now = stage.now.plus(Duration.ofMinutes(5));
    stage.policy(2, Stage.rule("every-change", null, Stage.gate("security", 2)));
    stage.work();
    Instant looked = stage.now;

    assertThat(planned.status.evidence().stream().filter(e -> e.what().equals("Planned")))
        .hasSize(2)
        .last()
        .satisfies(again -> assertThat(again.at()).isEqualTo(looked));
  }

  /** It was in force to everybody until the last of hundreds of rules was gone. */
  @Test
  void nobodyReadsForLongThatAllIsLiveWhileItGoesOneByOne() {
    FirewallChangeSpec.Rule one = web.build().rules().get(0);
    Wanted hour = new Wanted("", "", null, null, "1h", Adoption.REFERENCE, OnDelete.RETAIN);
    List<String> ports = List.of("8443", "8444", "8445");
    change =
        stage.submitted(
            "three",
            hour.rules(
                new FirewallChangeSpec.Rule(
                    "three", one.direction(), one.protocol(), ports, one.peers(), null)));
    stage.vote(change, "ann", "security", true, "");
    stage.now = change.status.expiresAt();
    stage.workOn(change);

    assertThat(readBefore).containsExactly("InForce", "Reverting", "Reverting");
    assertThat(change.state()).isEqualTo(State.EXPIRED);
  }
}
