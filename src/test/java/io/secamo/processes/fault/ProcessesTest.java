package io.secamo.processes.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.Patience;
import io.secamo.processes.systems.RealSystem;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Operators, API server and database as processes that are killed, stopped, put back. */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class ProcessesTest {
  private static final Path OURS = Path.of("").toAbsolutePath();
  private static final long SEED = 20261124;
  private static final String RIGHTS =
      "/apis/rbac.authorization.k8s.io/v1/clusterroles/process-orchestrator";
  private static final int ROUNDS = Integer.getInteger("faults.processes.rounds", 8);
  private static Installation installation;
  private final List<Replica> replicas = new ArrayList<>();
  private int named;

  @BeforeAll
  static void setTheStage() {
    installation = new Installation("faults");
  }

  @AfterAll
  static void clearTheStage() {
    installation.close();
  }

  @AfterEach
  void endReplicas() {
    replicas.forEach(Replica::close);
  }

  private Replica replica(String name, Path program, String... options) {
    Replica replica = new Replica(installation, name, program, options).start();
    replicas.add(replica);
    return replica;
  }

  private List<Installation.Case> submit(String prefix, int count, Story... stories) {
    List<Installation.Case> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Story story = stories[i % stories.length];
      // The policy gives requests with this name two seconds.
      String first = story == Story.TIMED_OUT ? "timed-" : "";
      made.add(installation.submit(story, first + prefix + "-" + ++named));
    }
    return made;
  }

  /** Kill -9 and SIGSTOP while calls are made, with a lease between two replicas. */
  @Test
  void twoReplicasThatAreKilledAndStoppedMakeEachChangeOnce() {
    Random random = new Random(SEED);
    List<Replica> both = List.of(replica("killed-1", OURS), replica("killed-2", OURS));
    List<Installation.Case> cases = new ArrayList<>();
    int stops = 0;
    for (int round = 0; round < ROUNDS; round++) {
      cases.addAll(submit("killed", 4, Story.ALONE.toArray(Story[]::new)));
      int wanted = installation.calls() + 10 + random.nextInt(40);
      happens(() -> installation.calls() >= wanted || allOver(cases));
      Replica victim = both.get(random.nextInt(2));
      if (random.nextInt(4) == 0) {
        stops++;
        String holder = holder();
        int before = installation.calls();
        victim.standStill();
        // Either it held the lease and the other one takes it, or the other one goes on anyway.
        happens(
            () -> !holder().equals(holder) || installation.calls() > before + 20 || allOver(cases));
        victim.goOn();
      } else {
        victim.kill();
      }
    }
    List<String> violations = installation.judged(cases, stops);
    System.out.printf(
        "FIGURE processes: %d requests, %d kills, %d stops, %d violations%n",
        cases.size(), ROUNDS - stops, stops, violations.size());
    assertThat(violations).isEmpty();
  }

  private static void happens(BooleanSupplier so) {
    assertThat(Installation.until(Patience.LIMIT, so)).isTrue();
  }

  private static boolean allOver(List<Installation.Case> cases) {
    return cases.stream().allMatch(Installation.Case::over);
  }

  private static String holder() {
    return installation.lease().at("/spec/holderIdentity").asText();
  }

  @Test
  void nobodyHasToDoAnythingAfterTheApiServerOrItsDatabaseStoodStill() throws Exception {
    Replica operator = replica("outage", OURS);
    List<Installation.Case> cases = submit("outage", 6, Story.TEMPORARY, Story.LASTING);
    assertThat(waitFor(cases.get(5), "AwaitingApproval", "Applying", "Completed")).isTrue();
    long server = installation.cluster().pid("kube-apiserver");
    Replica.signal(server, "STOP");
    Front.pause(Duration.ofSeconds(15));
    Replica.signal(server, "CONT");
    cases.addAll(submit("outage", 6, Story.TEMPORARY, Story.LASTING));
    long database = installation.cluster().pid("etcd");
    for (int i = 0; i < 3; i++) {
      Replica.signal(database, "STOP");
      Front.pause(Duration.ofSeconds(5));
      Replica.signal(database, "CONT");
      Front.pause(Duration.ofSeconds(1));
    }
    cases.addAll(submit("outage", 6, Story.TEMPORARY, Story.LASTING));
    Replica.signal(database, "KILL");
    Front.pause(Duration.ofSeconds(1));
    installation.cluster().resume();
    List<String> violations = installation.judged(cases, 0);
    System.out.printf(
        "FIGURE outages of API server and etcd: %d requests, operator started %d times%n",
        cases.size(), operator.starts());
    assertThat(violations).isEmpty();
  }

  @Test
  void aDatabaseThatIsFullHoldsRequestsAndLosesNone() throws Exception {
    replica("full", OURS);
    List<Installation.Case> cases = submit("full", 4, Story.TEMPORARY, Story.LASTING);
    assertThat(waitFor(cases.get(3), "AwaitingApproval", "Applying", "Completed")).isTrue();
    alarm("ACTIVATE");
    Front.pause(Duration.ofSeconds(10));
    assertThat(installation.server().patch("admin", "/api/v1/namespaces/customer", "{}").code())
        .as("the API server takes reads and empty patches")
        .isEqualTo(200);
    alarm("DEACTIVATE");
    assertThat(installation.judged(cases, 0)).isEmpty();
  }

  private static void alarm(String action) throws Exception {
    String port = Files.readString(installation.cluster().directory().resolve("etcd.port")).strip();
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/v3/maintenance/alarm"))
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            "{\"action\":\""
                                + action
                                + "\",\"memberID\":\"0\",\"alarm\":\"NOSPACE\"}"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /** What was approved, made and over after the backup is not made again from what it holds. */
  @Test
  void anOldBackupMakesNoChangeASecondTime() throws Exception {
    replica("backup", OURS);
    // Long enough to be made also by an operator that hardly gets its turn.
    String temporary = Story.TEMPORARY.yaml("backup-over", Duration.ofSeconds(20));
    Installation.Case over =
        installation.submitAlone(installation.slot(), Story.TEMPORARY, "backup-over", temporary);
    Installation.Case stays = installation.submitAlone(Story.LASTING, "backup-stays");
    Installation.Case refused = installation.submitAlone(Story.REJECTED, "backup-refused");
    List<Installation.Case> all = List.of(over, stays, refused);
    all.forEach(one -> assertThat(reaches(one, "AwaitingApproval")).isTrue());
    Path backup = installation.backUp();
    vote(over, "approve");
    vote(stays, "approve");
    vote(refused, "reject");
    assertThat(reaches(over, "Expired")).isTrue();
    assertThat(reaches(stays, "Completed")).isTrue();
    assertThat(reaches(refused, "Rejected")).isTrue();

    installation.restore(backup);

    all.forEach(one -> assertThat(reaches(one, "AwaitingApproval")).isTrue());
    all.forEach(one -> vote(one, "approve"));
    all.forEach(
        one ->
            assertThat(reaches(one, "NeedsAttention", "Completed"))
                .as(() -> one.name() + " is " + now(one))
                .isTrue());
    assertThat(now(over)).contains("TicketClosed");
    assertThat(now(stays)).contains("\"Completed\"");
    assertThat(now(refused)).contains("TicketClosed");
    for (Installation.Case one : all) {
      assertThat(installation.desk().numbers(one.name())).as("tickets").hasSize(1);
      assertThat(installation.additions(one.name())).isEqualTo(one == refused ? 0 : 1);
      assertThat(installation.cloud().rules(one.name())).hasSize(one == stays ? 1 : 0);
    }
    System.out.println("FIGURE old backup: 3 requests, 1 ticket each, no change made twice");
  }

  private static String now(Installation.Case one) {
    return installation.now(one).toString();
  }

  private static boolean reaches(Installation.Case one, String... states) {
    return Installation.until(
        Patience.LIMIT,
        () -> List.of(states).contains(installation.now(one).at("/status/state").asText()));
  }

  private static void vote(Installation.Case one, String word) {
    String digest = installation.now(one).at("/status/plan/digest").asText();
    String patch =
        "{\"metadata\":{\"annotations\":{\"processes.secamo.io/%s\":\"%s seen\"}}}"
            .formatted(word, digest);
    assertThat(
            Installation.until(
                Patience.LIMIT,
                () ->
                    installation.server().patch("approver", installation.path(one), patch).code()
                        == 200))
        .isTrue();
  }

  @Test
  void whoeverAsksItToStopWaitsNoLongerThanItsGracePeriod() {
    Replica operator = replica("asked", OURS);
    Installation.Case change = submit("asked", 1, Story.LASTING).getFirst();
    assertThat(waitFor(change, "Applying")).isTrue();
    Replica.Ended ended = operator.terminate();
    System.out.printf(
        "FIGURE asked to stop in the middle of a change: ended after %d ms with %d%n",
        ended.after().toMillis(), ended.status());
    assertThat(ended.status()).as("it ends by itself").isNotEqualTo(-1);
    assertThat(installation.lease().at("/spec/holderIdentity").asText())
        .as("another one need not wait until the lease runs out")
        .isEmpty();
    replica("asked-again", OURS);
    assertThat(
            Installation.until(
                Patience.LIMIT,
                () -> !installation.lease().at("/spec/holderIdentity").asText().isEmpty()))
        .isTrue();
    assertThat(installation.judged(List.of(change), 0)).isEmpty();
  }

  @Test
  void monitoringAndLogsTellWhatHappensAndNoSecret() throws Exception {
    Replica operator = replica("watched", OURS);
    Installation.Case change = submit("watched", 1, Story.LASTING).getFirst();
    assertThat(installation.judged(List.of(change), 0)).isEmpty();
    assertThat(operator.page("/livez")).isEqualTo("ok\n");
    assertThat(operator.page("/readyz")).isEqualTo("ok\n");
    String metrics = operator.page("/metrics");
    assertThat(metrics)
        .contains(
            "processes_transitions_total{",
            "processes_state_duration_seconds_bucket{",
            "processes_waiting_approval{process=\"FirewallChangeRequest\"} 0.0",
            "processes_connector_up{connector=\"OpenStack\"} 1.0",
            "op=\"addRule\",outcome=\"ok\"",
            "processes_admission_protected 1.0")
        .doesNotContain(change.name(), "customer");
    boolean keyed = false;
    for (String line : operator.said().strip().split("\n")) {
      JsonNode said = ApiServer.JSON.readTree(line);
      keyed |=
          said.path("kind").asText().equals("FirewallChangeRequest")
              && said.path("namespace").asText().equals("customer")
              && said.path("name").asText().equals(change.name());
    }
    assertThat(keyed).as("lines about a request carry kind, namespace and name").isTrue();
    assertThat(operator.said() + metrics).doesNotContain("canarysecret", "canarytoken");
  }

  /** Whoever takes that right away, by mistake or on purpose, keeps nothing open. */
  @Test
  void whatIsDueIsRemovedByAnOperatorThatMayNotListConnections() {
    Replica before = replica("lists", OURS);
    String temporary = Story.TEMPORARY.yaml("unlisted", Duration.ofSeconds(30));
    Installation.Case change =
        installation.submitAlone(installation.slot(), Story.TEMPORARY, "unlisted", temporary);
    installation.takePart(change);
    assertThat(reaches(change, "InForce")).isTrue();
    before.close();
    JsonNode rights = installation.server().get("admin", RIGHTS).json().path("rules");
    rights("[" + withoutListing(rights) + "]");
    Replica after = replica("lists-not", OURS);
    boolean over = reaches(change, "Expired");
    int starts = after.starts();
    rights(rights.toString());

    assertThat(over).as(() -> now(change)).isTrue();
    assertThat(installation.cloud().rules(change.name())).isEmpty();
    assertThat(after.said()).contains("may not list every Connection");
    assertThat(Installation.until(Patience.LIMIT, () -> after.starts() > starts))
        .as("it begins anew to watch them")
        .isTrue();
  }

  private static String withoutListing(JsonNode rights) {
    List<String> kept = new ArrayList<>();
    rights.forEach(rule -> kept.add(rule.toString().replace("\"connections\",", "")));
    kept.add(
        "{\"apiGroups\":[\"orchestrator.secamo.io\"],\"resources\":[\"connections\"],"
            + "\"verbs\":[\"get\"]}");
    return String.join(",", kept);
  }

  private static void rights(String rules) {
    String patch = "[{\"op\":\"replace\",\"path\":\"/rules\",\"value\":" + rules + "}]";
    installation
        .server()
        .send("admin", "PATCH", RIGHTS, "application/json-patch+json", patch)
        .orFail();
  }

  private static boolean waitFor(Installation.Case one, String... states) {
    return Installation.until(
        Patience.LIMIT, () -> one.over() || List.of(states).contains(one.state()));
  }
}
