package io.secamo.processes.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.RegisteredController;
import io.javaoperatorsdk.operator.processing.retry.RetryExecution;
import io.secamo.processes.controlplane.ControlPlane;
import io.secamo.processes.kubernetes.health.CannotStart;
import io.secamo.processes.kubernetes.health.Transitions;
import io.secamo.processes.operator.Kinds;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How the controllers are set up. */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class WiringTest {
  private static final int A_DAY_OF_MINUTES = 24 * 60;

  /**
   * The framework gives up after five attempts: the readiness of a Connection would never be looked
   * at again, and a request would stand still, because nothing about them changes any more.
   */
  @Test
  void whateverWaitsIsLookedAtAgainHoweverLongTheApiServerWasAway() {
    try (KubernetesClient client = ControlPlane.running().client("operator")) {
      Operator operator = new Operator(c -> c.withKubernetesClient(client));
      Settings settings =
          new Settings(Clock.systemUTC(), "", reason -> {}, Set.of("default"), Transitions.UNHEARD);

      new Wiring(client, Kinds.shipped(), Map.of(), settings, operator).register();

      List<RegisteredController<?>> controllers = new ArrayList<>();
      operator.getRuntimeInfo().getRegisteredControllers().forEach(controllers::add);
      assertThat(controllers).hasSize(4);
      for (RegisteredController<?> controller : controllers) {
        String name = controller.getConfiguration().getName();
        // Ten thousand requests in one answer did not fit into the memory of the operator.
        assertThat(controller.getConfiguration().getInformerConfig().getInformerListLimit())
            .as(name)
            .isBetween(1L, 50L);
        RetryExecution failures = controller.getConfiguration().getRetry().initExecution();
        for (int i = 0; i < A_DAY_OF_MINUTES; i++) {
          assertThat(failures.nextDelay())
              .as("wait after failure %d of %s", i + 1, name)
              .hasValueSatisfying(wait -> assertThat(wait).isBetween(1_000L, 60_000L));
        }
      }
    }
  }

  /** The policies would refuse each of its writes, and its log would say so for ever. */
  @Test
  void whoeverThePoliciesDoNotTakeForTheOperatorIsRefusedAtTheStart() {
    try (KubernetesClient client = ControlPlane.running().client("admin")) {
      Operator operator = new Operator(c -> c.withKubernetesClient(client));
      Settings settings =
          new Settings(Clock.systemUTC(), "", reason -> {}, Set.of("default"), Transitions.UNHEARD);
      Wiring wiring = new Wiring(client, Kinds.shipped(), Map.of(), settings, operator);

      assertThatThrownBy(wiring::register)
          .isInstanceOfSatisfying(
              CannotStart.class, wrong -> assertThat(wrong.setUpWrongly()).isTrue())
          .hasMessageContaining("and the admission policies take")
          .hasMessageEndingWith(" for it: run it as that one");
      assertThat(operator.getRuntimeInfo().getRegisteredControllers()).isEmpty();
    }
  }
}
