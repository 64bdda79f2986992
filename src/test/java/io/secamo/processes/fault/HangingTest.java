package io.secamo.processes.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.secamo.processes.api.orchestrator.ConnectionSpec;
import io.secamo.processes.connector.http.Limits;
import io.secamo.processes.connector.openstack.OpenStackFactory;
import io.secamo.processes.connector.requesttracker.RequestTrackerFactory;
import io.secamo.processes.controlplane.ControlPlane;
import io.secamo.processes.kubernetes.Controllers;
import io.secamo.processes.kubernetes.health.Transitions;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A system that accepts calls and never answers is nobody's trouble but its own. */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class HangingTest {
  private static final Story ANY = Story.DELETED_EARLY;
  private static final int STUCK = 50;
  private static final int WELL = 20;

  /** What a connection may do at a time when its Connection says nothing. */
  private static final int PLACES = 8;

  private static final Limits SHORT =
      new Limits(Duration.ofSeconds(1), Duration.ofSeconds(5), 1 << 20);
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private final ApiServer server = new ApiServer(ControlPlane.running());
  private final KubernetesClient client = ControlPlane.running().client("operator");
  private final Silent silent = new Silent();
  private OutsideFront answering;
  private OutsideFront back;
  private Slot well;
  private Slot stuck;
  private Controllers operator;

  @BeforeEach
  void setTheStage() throws IOException {
    answering = front(0);
    answering.open();
    well = Slot.prepare(server, "faults-well", answering.address());
    stuck = Slot.prepare(server, "faults-stuck", "http://127.0.0.1:" + silent.port());
    Clock clock = Clock.systemUTC();
    operator =
        Controllers.start(
            client,
            Map.of(
                ConnectionSpec.Type.REQUEST_TRACKER, new RequestTrackerFactory(clock, SHORT),
                ConnectionSpec.Type.OPEN_STACK, new OpenStackFactory(clock, SHORT)),
            new Controllers.Settings(
                clock,
                "",
                why -> {},
                Set.of(well.namespace(), stuck.namespace()),
                Transitions.UNHEARD));
  }

  private static OutsideFront front(int port) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "faults"));
    Ledger ledger = new Ledger(folder.resolve("hanging-" + port + ".jsonl"));
    return new OutsideFront(
        new Installation.Untouched(), port, new Trouble(List.of()), new Imitation(ledger));
  }

  /** A connection of somebody else's may just have been given the port as its own. */
  private static OutsideFront frontAt(int port) throws IOException {
    Instant end = Instant.now().plus(PATIENCE);
    while (true) {
      try {
        return front(port);
      } catch (BindException taken) {
        if (Instant.now().isAfter(end)) {
          throw taken;
        }
        Front.pause(Duration.ofMillis(200));
      }
    }
  }

  @AfterEach
  void clearTheStage() {
    operator.close();
    client.close();
    answering.close();
    silent.close();
    if (back != null) {
      back.close();
    }
  }

  @Test
  void fiftyCallsThatHangSlowNobodyElseDownAndHoldNothing() throws IOException {
    var unused = slowest("warm");
    Duration before = slowest("before");
    submit(stuck, "stuck", STUCK);
    // Eight hang; whoever finds no place says so.
    assertThat(
            Installation.until(
                PATIENCE,
                () ->
                    silent.waiting() >= PLACES
                        && count(stuck, r -> !message(r).isEmpty()) >= STUCK - PLACES))
        .as("they hang")
        .isTrue();
    Duration meanwhile = slowest("meanwhile");
    assertThat(silent.waiting()).as("still hanging").isPositive();
    System.out.printf(
        "FIGURE %d requests to a system that hangs: %d others take %d ms at most, %d ms before%n",
        STUCK, WELL, meanwhile.toMillis(), before.toMillis());
    assertThat(meanwhile).isLessThanOrEqualTo(before.multipliedBy(2).plusSeconds(1));

    theyAreGivenUpAndTriedAgain();
    whenItAnswersAgainTheyAllGoOn();
  }

  private void theyAreGivenUpAndTriedAgain() {
    assertThat(
            Installation.until(
                PATIENCE,
                () -> count(stuck, r -> message(r).contains("no answer in time")) >= PLACES))
        .as("the deadline ends them")
        .isTrue();
    assertThat(count(stuck, r -> r.at("/status/nextAttemptAt").isTextual()))
        .as("all but those that hang just now are tried again later")
        .isGreaterThanOrEqualTo(STUCK - PLACES);
    assertThat(silent.givenUp()).isGreaterThanOrEqualTo(PLACES);
    // The desk, and the cloud that its Connection is checked with.
    assertThat(silent.most()).isLessThanOrEqualTo(2 * PLACES);
  }

  private void whenItAnswersAgainTheyAllGoOn() throws IOException {
    silent.close();
    back = frontAt(silent.port());
    back.open();
    assertThat(Installation.until(PATIENCE, () -> count(stuck, HangingTest::awaits) == STUCK))
        .as("all of them are planned in the end")
        .isTrue();
    for (Slot slot : List.of(well, stuck)) {
      list(slot)
          .forEach(r -> server.delete("requester", path(slot, r.at("/metadata/name").asText())));
      assertThat(Installation.until(PATIENCE, () -> count(slot, r -> true) == 0)).isTrue();
    }
  }

  /** How long the slowest of twenty takes from its submission until it waits for votes. */
  private Duration slowest(String prefix) {
    List<String> names = IntStream.range(0, WELL).mapToObj(i -> prefix + "-" + i).toList();
    List<History> histories =
        names.stream().map(name -> new History(server, well.requests(), name)).toList();
    List<Instant> submitted = submit(well, prefix, WELL);
    try {
      assertThat(
              Installation.until(
                  PATIENCE, () -> histories.stream().allMatch(h -> awaited(h) != null)))
          .as("all of " + prefix + " wait for votes")
          .isTrue();
      return IntStream.range(0, WELL)
          .mapToObj(i -> Duration.between(submitted.get(i), awaited(histories.get(i))))
          .max(Duration::compareTo)
          .orElseThrow();
    } finally {
      histories.forEach(History::close);
    }
  }

  private static Instant awaited(History history) {
    return history.versions().stream()
        .filter(v -> v.state().equals("AwaitingApproval"))
        .map(History.Version::at)
        .findFirst()
        .orElse(null);
  }

  private List<Instant> submit(Slot slot, String prefix, int count) {
    List<Instant> submitted = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      submitted.add(Instant.now());
      var unused = server.post("requester", slot.requests(), ANY.yaml(prefix + "-" + i)).orFail();
    }
    return submitted;
  }

  private static boolean awaits(JsonNode request) {
    return request.at("/status/state").asText().equals("AwaitingApproval");
  }

  private static String message(JsonNode request) {
    return request.at("/status/message").asText("");
  }

  private static String path(Slot slot, String name) {
    return slot.requests() + "/" + name;
  }

  private JsonNode list(Slot slot) {
    return server.get("admin", slot.requests()).orFail().json().path("items");
  }

  private long count(Slot slot, Predicate<JsonNode> which) {
    return StreamSupport.stream(list(slot).spliterator(), false).filter(which).count();
  }
}
