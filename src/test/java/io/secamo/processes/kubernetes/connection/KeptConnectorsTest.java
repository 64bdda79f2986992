package io.secamo.processes.kubernetes.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.connector.ConnectionFacts;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeptConnectorsTest {
  private final KeptConnectors kept = new KeptConnectors();

  /** Each holds sockets: whoever makes and deletes Connections could use up those of all. */
  @Test
  void ofConnectionsThatCameAndWentOnlyTheLastFewAreKept() {
    keep("team-a", "cloud", Set.of("cloud"));
    for (int i = 0; i < 400; i++) {
      keep("evil", "c" + i, Set.of());
    }
    assertThat(kept.size()).isLessThanOrEqualTo(1 + 2 * KeptConnectors.MOST_GONE);
    assertThat(kept.find("evil", "c399")).isPresent();
    assertThat(kept.find("team-a", "cloud")).as("of another namespace").isPresent();
  }

  @Test
  void whatIsThereIsKeptHoweverManyThereAre() {
    for (int i = 0; i < 100; i++) {
      keep("team-a", "c" + i, null);
    }
    assertThat(kept.size()).isEqualTo(100);
  }

  private void keep(
      String namespace, String name, @org.jspecify.annotations.Nullable Set<String> there) {
    ConnectionFacts facts = new ConnectionFacts(name, "u", "Sandbox", "", Map.of(), "", "{}");
    kept.keep(namespace, "1", new At("nowhere"), facts, "2026", () -> Optional.ofNullable(there));
  }
}
