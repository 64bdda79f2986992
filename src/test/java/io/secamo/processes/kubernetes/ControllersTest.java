package io.secamo.processes.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.secamo.processes.fault.Installation;
import io.secamo.processes.kubernetes.health.Transitions;
import io.secamo.processes.operator.Kinds;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class ControllersTest {
  private static final String DEFINITION =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/"
          + "approvalpolicies.orchestrator.secamo.io";
  private static final String UNREADABLE =
      """
      {"apiVersion":"orchestrator.secamo.io/v1alpha1","kind":"ApprovalPolicy",
       "metadata":{"name":"unreadable"},"spec":{"rules":"a text, not a list"}}
      """;

  /**
   * Whoever embeds the operator decides what happens then: the framework would end the whole Java
   * machine, and an operator that only logs it would be blind for good.
   */
  @Test
  void aWatchThatBreaksForGoodIsToldAndDoesNotEndTheJavaMachine() {
    List<String> told = new CopyOnWriteArrayList<>();
    Installation installation = new Installation("blinded");
    try (KubernetesClient client = installation.cluster().client("operator")) {
      Controllers operator =
          Controllers.start(
              client,
              Kinds.shipped(),
              Map.of(),
              new Settings(Clock.systemUTC(), "", told::add, Set.of(), Transitions.UNHEARD));
      anythingGoesAsApprovalPolicy(installation);

      assertThat(
              Installation.until(
                  Duration.ofSeconds(30),
                  () -> {
                    var unused =
                        installation
                            .server()
                            .post(
                                "admin",
                                "/apis/orchestrator.secamo.io/v1alpha1/namespaces/default/"
                                    + "approvalpolicies",
                                UNREADABLE);
                    return !told.isEmpty();
                  }))
          .isTrue();
      assertThat(told.get(0)).isEqualTo("a watch ended for good");
      operator.close();
    } finally {
      installation.close();
    }
  }

  private static void anythingGoesAsApprovalPolicy(Installation installation) {
    String anything =
        "{\"openAPIV3Schema\":{\"type\":\"object\",\"x-kubernetes-preserve-unknown-fields\":true}}";
    String patch =
        "[{\"op\":\"replace\",\"path\":\"/spec/versions/0/schema\",\"value\":" + anything + "}]";
    installation
        .server()
        .send("admin", "PATCH", DEFINITION, "application/json-patch+json", patch)
        .orFail();
  }
}
