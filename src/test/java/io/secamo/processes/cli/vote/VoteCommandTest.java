package io.secamo.processes.cli.vote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class VoteCommandTest {
  private static final Path POLICY = Path.of("manifests/policies/votes.yaml");

  /** Else it asks for an answer to a vote that is refused, or refuses one that would be taken. */
  @Test
  void whatItRefusesBeforehandIsWhatTheAdmissionPolicyRefuses() throws IOException {
    assertThat(Files.readString(POLICY))
        .contains(": '" + VoteCommand.THEIR_OWN + "'\"")
        .contains("matches('^ " + OverrideCommand.INCIDENT + "( .*)?$')")
        .contains("size(bytes(variables.newAnn[k])) <= " + VoteCommand.MOST_BYTES + ")");
  }
}
