package io.secamo.processes.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A variable that is set wrongly ends the start; it never means something wider. */
class EnvironmentTest {
  @Test
  void namespacesAreThoseThatAreNamed() {
    assertThat(Environment.namespaces(Map.of("NAMESPACES", "team-a, team-b,")))
        .containsExactlyInAnyOrder("team-a", "team-b");
    assertThat(Environment.namespaces(Map.of())).isEmpty();
    assertThat(Environment.namespaces(Map.of("NAMESPACES", " "))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {",", " , ,", "team_a", "team-a team-b", "Team-A", "team-a;team-b", "*"})
  void aListThatNamesNoneDoesNotMeanAll(String list) {
    assertThatThrownBy(() -> Environment.namespaces(Map.of("NAMESPACES", list)))
        .isInstanceOf(Environment.Wrong.class)
        .hasMessageContaining("NAMESPACES");
  }

  @Test
  void theLeaseIsInANamespace() {
    assertThat(Environment.leaderElection(Map.of("LEADER_ELECTION", "process-orchestrator")))
        .isEqualTo("process-orchestrator");
    assertThat(Environment.leaderElection(Map.of())).isEmpty();
    assertThatThrownBy(() -> Environment.leaderElection(Map.of("LEADER_ELECTION", "On/Off")))
        .hasMessage("LEADER_ELECTION has 'On/Off' in it, which is no name of a namespace");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "65536", "-1", ""})
  void aPortThatIsNoneIsSaidInASentence(String port) {
    assertThatThrownBy(() -> Environment.healthPort(Map.of("HEALTH_PORT", port)))
        .hasMessage("HEALTH_PORT is '" + port + "': write a port from 0 to 65535");
  }

  @Test
  void aPortIsANumber() {
    assertThat(Environment.healthPort(Map.of("HEALTH_PORT", "0"))).isZero();
    assertThat(Environment.healthPort(Map.of())).isEqualTo(8080);
  }
}
