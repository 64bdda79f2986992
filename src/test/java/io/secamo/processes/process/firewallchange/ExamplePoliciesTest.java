package io.secamo.processes.process.firewallchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.api.orchestrator.ApprovalPolicy;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec;
import io.secamo.processes.process.firewallchange.Stage.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The policies that people copy ask for what their pages say, of thirty requests each. */
class ExamplePoliciesTest {
  private static final Path REQUESTS = Path.of("src/test/resources/policies/documented-policy.csv");
  private final Stage stage = new Stage();

  @ParameterizedTest(name = "{0} from {1}, {2}, {3}")
  @CsvFileSource(
      files = "src/test/resources/policies/documented-policy.csv",
      delimiter = '|',
      useHeadersInDisplayName = false,
      numLinesToSkip = 1)
  void theDocumentedPolicyAsksForWhatItSays(
      String ports, String peer, String time, String stageLabel, String gates) throws IOException {
    stage.policy(1, documented());
    stage.connectionLabels.put("stage", stageLabel);
    assertThat(asked(stage.submitted("web", wanted(ports, peer, time)))).isEqualTo(gates);
  }

  /** Whatever is asked for. */
  @ParameterizedTest
  @ValueSource(strings = {"examples/sandbox", "examples/real"})
  void theExamplePoliciesAskOnePersonOfSecurityForEveryChange(String folder) throws IOException {
    String text = Files.readString(Path.of(folder, "approval-policy.yaml"));
    stage.policy(1, Serialization.unmarshal(text, ApprovalPolicy.class).getSpec());
    List<String> requests = Files.readAllLines(REQUESTS);
    assertThat(requests).hasSizeGreaterThan(30);
    for (String line : requests.subList(1, requests.size())) {
      String[] words = line.split("\\s*\\|\\s*");
      Change change =
          stage.submitted("web-" + requests.indexOf(line), wanted(words[0], words[1], words[2]));
      assertThat(asked(change)).as(line).isEqualTo("security 1");
    }
  }

  private static FirewallChangeSpec wanted(String ports, String peer, String time) {
    Wanted wanted = new Wanted().ports(ports).from(peer);
    return time.equals("for good") ? wanted.build() : wanted.expiringAfter(time);
  }

  /** The gates, or how it went on without any. */
  private static String asked(Change change) {
    List<ProcessStatus.Gate> gates = change.status.gates();
    if (change.state() != State.AWAITING_APPROVAL || gates == null) {
      return change.state().word();
    }
    return gates.stream().map(g -> g.name() + " " + g.required()).collect(Collectors.joining(", "));
  }

  /** The first one of the page. */
  private static ApprovalPolicySpec documented() throws IOException {
    String page = Files.readString(Path.of("docs/how-to/policies.md"));
    String block = page.split("```yaml\n", 2)[1].split("```", 2)[0];
    return Serialization.unmarshal(block, ApprovalPolicy.class).getSpec();
  }
}
