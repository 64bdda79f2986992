package io.secamo.processes.process.firewallchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.api.firewall.FirewallChangeSpec.Adoption;
import io.secamo.processes.api.orchestrator.ConnectionSpec.Fault;
import io.secamo.processes.api.orchestrator.ConnectionSpec.FaultKind;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.engine.procedure.Request.Wish;
import io.secamo.processes.process.firewallchange.Stage.Change;
import io.secamo.processes.process.firewallchange.requested.RequestedChange;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A name that a requester got wrong is theirs to put right, and nobody else hears of it. */
class MisnamedTest {
  private final Stage stage = new Stage();

  @Test
  void aMisspeltGroupGoesBackToTheRequesterBeforeATicketIsOpened() {
    Change change = stage.submitted("web", spec("sandbox", "wbe", "sandbox"));

    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(change.status.waitingFor()).isEqualTo("requester");
    assertThat(change.status.message())
        .isEqualTo(
            "there is no security group 'wbe'; this sandbox has: web. If the name is wrong,"
                + " withdraw this request and write a new one");
    assertThat(change.status.conditions())
        .anyMatch(c -> c.type().equals("Stalled") && c.reason().equals(Reasons.MISNAMED));
    assertThat(stage.tickets()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"sandbxo, sandbox, sandbxo", "sandbox, dsek, dsek"})
  void aMisspeltConnectionGoesBackToTheRequesterAndIsWithdrawnWithoutTrace(
      String firewall, String ticketing, String wrong) {
    Change change = stage.submitted("web", spec(firewall, "web", ticketing));

    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(change.status.waitingFor()).isEqualTo("requester");
    assertThat(change.status.message()).startsWith("there is no Connection " + wrong);
    assertThat(stage.tickets()).isEmpty();

    change.wish(Wish.WITHDRAW);
    stage.work();

    assertThat(change.state()).isEqualTo(State.WITHDRAWN);
    assertThat(stage.tickets()).isEmpty();
  }

  @Test
  void aCloudThatIsAwayForTheMomentIsNotToldAsAMisspeltName() {
    stage.faults.add(new Fault("observe", FaultKind.UNAVAILABLE, 1));
    Change change = stage.submitted("web", new Wanted().build());

    assertThat(change.state()).isEqualTo(State.RUNNING);
    assertThat(change.status.waitingFor()).isNull();
    assertThat(change.status.conditions())
        .anyMatch(c -> c.type().equals("Reconciling") && c.reason().equals(Reasons.RETRYING));
    assertThat(stage.tickets()).isEmpty();

    stage.pass(Duration.ofMinutes(1));

    assertThat(change.state()).isEqualTo(State.AWAITING_APPROVAL);
    assertThat(stage.tickets()).hasSize(1);
  }

  @Test
  void lookingFirstCostsNoCallForThePlanIsMadeOfTheSameLook() {
    int[] looks = {0};
    stage.cloudSeenThrough = real -> new CountedLooks(real, looks);
    Change change = stage.submitted("web", new Wanted().build());

    assertThat(change.state()).isEqualTo(State.AWAITING_APPROVAL);
    assertThat(looks[0]).isEqualTo(1);
  }

  @Test
  void whatSomebodyAddsWhileTheTicketIsOpenedIsInThePlanThatIsMadeAnew() {
    stage.policy(1, Stage.rule("standard", null));
    stage.justBeforeAnEffect =
        () ->
            stage
                .sandbox()
                .firewall()
                .orElseThrow()
                .add(
                    "web", RequestedChange.of(new Wanted().build()).rules().get(0), "made by hand");
    Change change = stage.submitted("web", new Wanted().adoption(Adoption.NEVER));

    assertThat(change.state()).isEqualTo(State.REJECTED);
    assertThat(change.status.message()).contains("is there already");
  }

  private static FirewallChangeSpec spec(String firewall, String group, String ticketing) {
    FirewallChangeSpec all = new Wanted().build();
    return new FirewallChangeSpec(
        firewall,
        new FirewallChangeSpec.Target(group),
        all.rules(),
        new FirewallChangeSpec.Ticket(ticketing, null, null, null),
        all.justification(),
        null,
        null,
        null,
        all.adoption(),
        all.onDelete(),
        null,
        null,
        null,
        null);
  }

  private static final class CountedLooks extends SeenThrough {
    private final int[] looks;

    CountedLooks(FirewallProvider real, int[] looks) {
      super(real);
      this.looks = looks;
    }

    @Override
    public Group observe(String group) {
      looks[0]++;
      return super.observe(group);
    }
  }
}
