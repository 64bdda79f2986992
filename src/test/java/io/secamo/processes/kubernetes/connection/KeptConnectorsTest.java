package io.secamo.processes.kubernetes.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.connector.ConnectionFacts;
import io.secamo.processes.kubernetes.connection.KeptConnectors.Kept;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KeptConnectorsTest {
  private Optional<Set<String>> needed = Optional.of(Set.of());
  private final AtomicInteger asked = new AtomicInteger();
  private final KeptConnectors kept =
      new KeptConnectors(
          namespace -> {
            asked.incrementAndGet();
            return needed;
          });

  /** Whoever makes Connections, and has each checked, could use up the memory of all. */
  @Test
  void ofThousandsOfConnectionsOnlyTheLastFewAreKept() {
    keep("team-a", "cloud");
    for (int i = 0; i < 2500; i++) {
      keep("evil", "c" + i);
    }
    assertThat(kept.size()).isLessThanOrEqualTo(1 + 2 * KeptConnectors.MOST);
    assertThat(kept.find("evil", "c2499")).isPresent();
    assertThat(kept.find("team-a", "cloud")).as("of another namespace").isPresent();
  }

  /** Its Connection and Secret may be gone by now: without it nothing is put back. */
  @Test
  void whatALiveChangeNeedsIsKeptHoweverManyOthersCome() {
    needed = Optional.of(Set.of("cloud"));
    keep("team-a", "cloud");
    for (int i = 0; i < 2500; i++) {
      keep("team-a", "c" + i);
    }
    assertThat(kept.find("team-a", "cloud")).isPresent();
  }

  /** As before the requests were read: an operator that begins knows of no live change yet. */
  @Test
  void whileNobodyKnowsWhatIsNeededAllIsKept() {
    needed = Optional.empty();
    for (int i = 0; i < 300; i++) {
      keep("team-a", "c" + i);
    }
    assertThat(kept.size()).isEqualTo(300);
    needed = Optional.of(Set.of());
    keep("team-a", "one more");
    assertThat(kept.size()).isEqualTo(KeptConnectors.MOST);
  }

  @Test
  void whatIsUsedIsNotMadeAnewWithEachLook() {
    keep("team-a", "cloud");
    for (int i = 0; i < 300; i++) {
      keep("team-a", "c" + i);
      assertThat(kept.find("team-a", "cloud")).isPresent();
    }
  }

  @Test
  void thousandsOfRequestsAreSeldomAsked() {
    for (int i = 0; i < 2500; i++) {
      keep("evil", "c" + i);
    }
    assertThat(asked.get()).isLessThanOrEqualTo(2500 / KeptConnectors.MOST);
  }

  private void keep(String namespace, String name) {
    ConnectionFacts facts = new ConnectionFacts(name, "u", "Sandbox", "", Map.of(), "", "{}");
    kept.keep(namespace, new Kept("1", new At("nowhere"), facts, "2026"));
  }
}
