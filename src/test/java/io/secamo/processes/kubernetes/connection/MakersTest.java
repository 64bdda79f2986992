package io.secamo.processes.kubernetes.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.connector.ConnectionFacts;
import io.secamo.processes.connector.Systems;
import io.secamo.processes.kubernetes.connection.KeptConnectors.Kept;
import io.secamo.processes.kubernetes.connection.Needs.Use;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Without what made it an access may stay open: who may push it out of memory, and who may not. */
class MakersTest {
  private static final String HERE = "https://cloud.example/v3";
  private final AtomicInteger asked = new AtomicInteger();
  private Optional<Set<Use>> uses = Optional.of(Set.of());
  private final Makers makers =
      new Makers(
          () -> {
            asked.incrementAndGet();
            return uses;
          });

  /** Whoever may edit a Secret could use up memory by editing it before each of many changes. */
  @Test
  void ofManySecretsForOnePlaceTheLastFewAreKept() {
    for (int i = 0; i < 10; i++) {
      made("team-a", "cloud", HERE, i, "account");
      made("team-a", "cloud", HERE, i, "account");
    }
    assertThat(makers.of("team-a", "cloud", origin(HERE, "account")))
        .extracting(Kept::version)
        .containsExactly("9", "8", "7", "6");
    assertThat(makers.of("team-a", "cloud", origin(HERE, "another account"))).isEmpty();
    assertThat(makers.of("team-a", "cloud", origin("https://a.example", "account"))).isEmpty();
    assertThat(makers.of("team-b", "cloud", origin(HERE, "account"))).isEmpty();
    assertThat(makers.of("team-a", "other", origin(HERE, "account"))).isEmpty();
  }

  /** Their own system says whatever account they like. */
  @Test
  void manyPlacesPushOutNothingThatARequestNeeds() {
    uses = Optional.of(Set.of(new Use("team-a", "cloud", origin(HERE, "account"))));
    made("team-a", "cloud", HERE, 1, "account");
    made("team-b", "cloud", "https://b.example", 1, "account");
    for (int i = 0; i < 2500; i++) {
      made("team-a", "cloud", "https://evil.example", 1, "account " + i);
    }
    assertThat(makers.of("team-a", "cloud", origin(HERE, "account"))).hasSize(1);
    assertThat(makers.of("team-b", "cloud", origin("https://b.example", "account")))
        .as("of another namespace")
        .hasSize(1);
    assertThat(makers.size()).isLessThanOrEqualTo(2 + 2 * Makers.MOST_IDLE);
    assertThat(asked.get()).as("seldom").isLessThanOrEqualTo(2500 / Makers.MOST_IDLE);
  }

  @Test
  void manyConnectionsToOnePlaceThatARequestNeedsAreNotAllKept() {
    uses = Optional.of(Set.of(new Use("team-a", "cloud", origin(HERE, "account"))));
    made("team-a", "cloud", HERE, 1, "account");
    for (int i = 0; i < 2500; i++) {
      made("team-a", "c" + i, HERE, 1, "account");
    }
    assertThat(makers.of("team-a", "cloud", origin(HERE, "account"))).hasSize(1);
    assertThat(makers.size()).isLessThanOrEqualTo(1 + Makers.MOST + 2 * Makers.MOST_IDLE);
  }

  /** What was left to a request of somebody else is removed with it at last. */
  @Test
  void whatARequestOfAnotherNamespaceNeedsIsKept() {
    uses = Optional.of(Set.of(new Use("team-b", "cloud", origin(HERE, "account"))));
    made("team-a", "cloud", HERE, 1, "account");
    for (int i = 0; i < 2500; i++) {
      made("team-a", "cloud", "https://a.example", 1, "account " + i);
    }
    assertThat(makers.ofOthers("team-b", "cloud", origin(HERE, "account"))).hasSize(1);
  }

  /** As before the requests were read: an operator that begins knows of no live change yet. */
  @Test
  void whileNobodyKnowsWhatIsNeededAllIsKept() {
    uses = Optional.empty();
    for (int i = 0; i < 300; i++) {
      made("team-a", "cloud", "https://a.example", 1, "account " + i);
    }
    assertThat(makers.size()).isEqualTo(300);
  }

  private static Systems.Origin origin(String endpoint, String account) {
    return new Systems.Origin("cloud (u) at " + endpoint, account);
  }

  private void made(String namespace, String name, String endpoint, int version, String account) {
    ConnectionFacts facts =
        new ConnectionFacts(name, "u", "OpenStack", endpoint, Map.of(), "", "{}");
    makers.made(
        namespace, new Kept(String.valueOf(version), new At(endpoint), facts, "2026"), account);
  }
}
