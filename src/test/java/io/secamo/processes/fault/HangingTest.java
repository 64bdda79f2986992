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
import io.secamo.processes.kubernetes.Settings;
import io.secamo.processes.kubernetes.health.Transitions;
import io.secamo.processes.operator.Kinds;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.Patience;
import io.secamo.processes.systems.RealSystem;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
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

  /**
   * What a connection may do at a time when its Connection says nothing: of eight, two are kept for
   * what is taken back.
   */
  private static final int PLACES = 6;

  private static final Limits SHORT = limits(Duration.ofSeconds(5));

  /** Longer than the others take on any machine: what they wait for would be seen. */
  private static final Limits LONG = limits(Duration.ofMinutes(10));

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
    // What hangs is the desk: at a cloud that hangs one call would sign in for all the others.
    new Slot(server, stuck.namespace(), answering.address()).lead("/v3");
    operator = operator(LONG);
  }

  private static Limits limits(Duration deadline) {
    return new Limits(Duration.ofSeconds(1), deadline, 1 << 20);
  }

  private Controllers operator(Limits limits) {
    Clock clock = Clock.systemUTC();
    return Controllers.start(
        client,
        Kinds.shipped(),
        Map.of(
            ConnectionSpec.Type.REQUEST_TRACKER, new RequestTrackerFactory(clock, limits),
            ConnectionSpec.Type.OPEN_STACK, new OpenStackFactory(clock, limits)),
        new Settings(
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
    Instant end = Instant.now().plus(Patience.LIMIT);
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
    submit(stuck, "stuck", STUCK);
    assertThat(Installation.until(Patience.LIMIT, () -> silent.waiting() >= PLACES))
        .as("they hang")
        .isTrue();
    submit(well, "meanwhile", WELL);
    assertThat(Installation.until(Patience.LIMIT, () -> count(well, HangingTest::awaits) == WELL))
        .as("the others wait for votes while every place of the stuck connection hangs")
        .isTrue();
    assertThat(silent.givenUp()).as("all that hung still hang").isZero();
    operator.close();
    operator = operator(SHORT);
    theyAreGivenUpAndTriedAgain();
    whenItAnswersAgainTheyAllGoOn();
  }

  private void theyAreGivenUpAndTriedAgain() {
    assertThat(
            Installation.until(
                Patience.LIMIT,
                () -> count(stuck, r -> message(r).contains("no answer in time")) >= PLACES))
        .as("the deadline ends them")
        .isTrue();
    assertThat(
            Installation.until(
                Patience.LIMIT,
                () ->
                    count(stuck, r -> r.at("/status/nextAttemptAt").isTextual()) >= STUCK - PLACES))
        .as("all but those that hang just now are tried again later")
        .isTrue();
    assertThat(silent.givenUp()).isGreaterThanOrEqualTo(PLACES);
    // Those of the requests, and those that its Connection is checked with.
    assertThat(silent.most()).isLessThanOrEqualTo(2 * PLACES);
  }

  private void whenItAnswersAgainTheyAllGoOn() throws IOException {
    silent.close();
    back = frontAt(silent.port());
    back.open();
    assertThat(Installation.until(Patience.LIMIT, () -> count(stuck, HangingTest::awaits) == STUCK))
        .as("all of them are planned in the end")
        .isTrue();
    for (Slot slot : List.of(well, stuck)) {
      list(slot)
          .forEach(r -> server.delete("requester", path(slot, r.at("/metadata/name").asText())));
      assertThat(Installation.until(Patience.LIMIT, () -> count(slot, r -> true) == 0)).isTrue();
    }
  }

  private void submit(Slot slot, String prefix, int count) {
    for (int i = 0; i < count; i++) {
      var unused = server.post("requester", slot.requests(), ANY.yaml(prefix + "-" + i)).orFail();
    }
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
