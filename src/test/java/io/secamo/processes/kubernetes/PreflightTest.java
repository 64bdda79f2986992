package io.secamo.processes.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.secamo.processes.controlplane.ControlPlane;
import io.secamo.processes.kubernetes.health.CannotStart;
import io.secamo.processes.kubernetes.health.Transitions;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is named and is not there is said at the start. */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class PreflightTest {
  private static KubernetesClient operator;

  @BeforeAll
  static void connect() {
    operator = ControlPlane.running().client("operator");
  }

  @AfterAll
  static void disconnect() {
    operator.close();
  }

  @Test
  void aLeaseInANamespaceThatIsNotThereWouldBeWaitedForForEver() {
    assertThatThrownBy(() -> Preflight.namespaces(operator, settings("on", Set.of())))
        .isInstanceOfSatisfying(
            CannotStart.class, no -> assertThat(no.setUpWrongly()).as("exit code 2").isTrue())
        .hasMessage(
            "LEADER_ELECTION names namespace on, which is not there: create it, or name the one"
                + " this runs in");
  }

  @Test
  void aLeaseThatTheOperatorMayNotKeepIsNamed() {
    assertThatThrownBy(() -> Preflight.namespaces(operator, settings("team-a", Set.of())))
        .isInstanceOf(CannotStart.class)
        .hasMessage(
            "LEADER_ELECTION names namespace team-a, where the operator may not keep a lease: name"
                + " the one this runs in");
  }

  /** A removal that is owed in another namespace must not wait for it. */
  @Test
  void aNamespaceThatIsGoneDoesNotKeepTheOthersWaiting() {
    assertThatCode(
            () ->
                Preflight.namespaces(
                    operator, settings("process-orchestrator", Set.of("team-a", "gone"))))
        .doesNotThrowAnyException();
  }

  private static Settings settings(String lease, Set<String> namespaces) {
    return new Settings(Clock.systemUTC(), lease, why -> {}, namespaces, Transitions.UNHEARD);
  }
}
