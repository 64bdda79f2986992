package io.secamo.processes.cli.cluster;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever is refused reads the rule that refused, and what to do where there is no rule. */
class ApiServerAnswersTest {
  private static final String NO_RIGHT =
      "firewallchangerequests.processes.secamo.io is forbidden: User \"eve\" cannot list resource"
          + " \"firewallchangerequests\"";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          403 | NO_RIGHT                                 | NO_RIGHT. Ask who grants roles there for that right
          403 | exceeded quota: requests, limited to 100 | exceeded quota: requests, limited to 100
          403 | you cannot list it at the cluster scope  | you cannot list it at the cluster scope. Name one namespace with -n if the command takes one, or ask who grants rights in all
          404 | Not Found                                | this cluster does not know our kinds (Not Found): is the product installed in it?
          409 | somebody cannot wait                     | somebody cannot wait
          403 | policy 'p' denied request: it is over    | it is over
          401 | Unauthorized                             | the cluster does not accept your credentials: log in again, or choose another --context
          """)
  void whatTheApiServerSaysIsTold(int code, String message, String told) {
    KubernetesClientException refused =
        new KubernetesClientException(
            new StatusBuilder()
                .withCode(code)
                .withMessage(message.replace("NO_RIGHT", NO_RIGHT))
                .build());
    assertThatThrownBy(
            () ->
                Answers.answered(
                    () -> {
                      throw refused;
                    }))
        .isInstanceOf(Refusal.class)
        .hasMessage(told.replace("NO_RIGHT", NO_RIGHT));
  }
}
