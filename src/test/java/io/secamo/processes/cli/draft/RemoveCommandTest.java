package io.secamo.processes.cli.draft;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RemoveCommandTest {
  private static final Path CRD = Path.of("crds/firewallchangerequests.processes.secamo.io.yaml");

  /** Else it writes a request that is refused when somebody applies it. */
  @Test
  void theShortestReasonIsThatOfTheSchema() throws IOException {
    JsonNode crd = Serialization.unmarshal(Files.readString(CRD), JsonNode.class);

    assertThat(
            crd.at(
                    "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties"
                        + "/justification/minLength")
                .asInt())
        .isEqualTo(RemoveCommand.SHORTEST);
  }
}
