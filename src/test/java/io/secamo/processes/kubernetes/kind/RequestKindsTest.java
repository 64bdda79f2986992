package io.secamo.processes.kubernetes.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.secamo.processes.api.Groups;
import io.secamo.processes.api.KindName;
import io.secamo.processes.operator.Kinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A kind that is served is protected and reachable, or it fails closed. */
class RequestKindsTest {
  private static final RequestKinds SHIPPED = Kinds.shipped();

  @Test
  void theOperatorMayWorkOnEachKind() throws IOException {
    for (RequestKind<?, ?> kind : SHIPPED.all()) {
      String plural = HasMetadata.getPlural(kind.type());
      assertThat(allowed(plural)).as(plural).contains("get", "list", "watch", "patch");
      assertThat(allowed(plural + "/status")).as(plural + "/status").contains("get", "patch");
    }
  }

  @Test
  void eachKindIsInTheGroupThatThePoliciesProtect() {
    assertThat(SHIPPED.all())
        .isNotEmpty()
        .allSatisfy(
            kind -> assertThat(HasMetadata.getGroup(kind.type())).isEqualTo(Groups.PROCESSES));
  }

  @Test
  void aKindThatIsNotServedIsTakenForNoOtherOne() {
    assertThatThrownBy(() -> SHIPPED.of(new KindName("AccessRequest")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("kind AccessRequest is not served");
  }

  private static List<String> allowed(String resource) throws IOException {
    return Pattern.compile("^---$", Pattern.MULTILINE)
        .splitAsStream(Files.readString(Path.of("manifests/operator/rbac.yaml")))
        .filter(document -> document.contains("\nkind: ClusterRole\n"))
        .map(document -> Serialization.unmarshal(document, ClusterRole.class))
        .filter(role -> role.getMetadata().getName().equals("process-orchestrator"))
        .flatMap(role -> role.getRules().stream())
        .filter(rule -> rule.getApiGroups().contains(Groups.PROCESSES))
        .filter(rule -> rule.getResources().contains(resource))
        .map(PolicyRule::getVerbs)
        .flatMap(List::stream)
        .toList();
  }
}
