package io.secamo.processes.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.Patience;
import io.secamo.processes.systems.RealSystem;
import io.secamo.processes.systems.Script;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Requests that go in another way than by a person who deletes one: with their whole namespace,
 * which Kubernetes' own controller empties in any order, or without the finalizer that keeps them.
 */
@NeedsRealSystem({RealSystem.CONTROL_PLANE, RealSystem.CONTROLLERS})
class DeletionsTest {

  private static final String POLICIES =
      "/apis/admissionregistration.k8s.io/v1/validatingadmission";
  private static final String VOTES = "votes.processes.secamo.io";
  private static Installation installation;
  private static Replica operator;

  @BeforeAll
  static void setTheStage() {
    installation = new Installation("deletions", "namespace");
    operator =
        new Replica(
            installation,
            "deletions-" + ProcessHandle.current().pid(),
            Path.of("").toAbsolutePath());
    operator.start();
  }

  @AfterAll
  static void clearTheStage() {
    operator.close();
    installation.close();
  }

  /** One request in a namespace of its own. */
  private record Change(Slot slot, String uid, String name) {
    static Change submitted(String namespace, String name) {
      Slot slot = installation.namespace(namespace);
      String yaml = Story.DELETED_IN_FORCE.yaml(name);
      JsonNode made = server().post("requester", slot.requests(), yaml).orFail().json();
      return new Change(slot, made.at("/metadata/uid").asText(), name);
    }

    /** Submitted, approved and live. */
    static Change live(String namespace, String name) {
      Change change = submitted(namespace, name).seen("AwaitingApproval");
      change.vote();
      change.seen("InForce");
      assertThat(change.rules()).hasSize(1);
      return change;
    }

    private void vote() {
      String digest = now().at("/status/plan/digest").asText();
      annotate("approver", "approve", digest + " seen").orFail();
    }

    ApiServer.Answer annotate(String person, String key, String value) {
      String patch =
          "{\"metadata\":{\"annotations\":{\"processes.secamo.io/%s\":\"%s\"}}}"
              .formatted(key, value);
      return server().patch(person, path(), patch);
    }

    Change seen(String state) {
      assertThat(
              Installation.until(
                  Patience.LIMIT, () -> now().at("/status/state").asText().equals(state)))
          .as(() -> state + " expected: " + now())
          .isTrue();
      return this;
    }

    String path() {
      return slot.requests() + "/" + name;
    }

    String namespace() {
      return "/api/v1/namespaces/" + slot.namespace();
    }

    JsonNode now() {
      return server().get("admin", path()).json();
    }

    String message() {
      return now().at("/status/message").asText();
    }

    List<String> rules() {
      return installation.cloud().rules(name);
    }

    List<String> openTickets() {
      return installation.desk().open(name);
    }

    /** Waits until nothing of its namespace is left, and tells how long that took. */
    Duration goneWithItsNamespace() {
      long began = System.nanoTime();
      assertThat(Installation.until(Patience.LIMIT, () -> gone(namespace())))
          .as(() -> "the namespace goes: " + server().get("admin", namespace()) + "\n" + now())
          .isTrue();
      assertThat(gone(path())).isTrue();
      return Duration.ofNanos(System.nanoTime() - began);
    }
  }

  private static ApiServer server() {
    return installation.server();
  }

  private static boolean gone(String path) {
    return server().get("admin", path).code() == 404;
  }

  private static String connection(Change change) {
    return "/apis/orchestrator.secamo.io/v1alpha1/namespaces/"
        + change.slot().namespace()
        + "/connections/cloud";
  }

  @Test
  void aChangeThatIsLiveIsRemovedWhenItsNamespaceIsDeleted() {
    Change change = Change.live("leaving", "leaving-live");

    server().delete("admin", change.namespace()).orFail();

    Duration took = change.goneWithItsNamespace();
    assertThat(change.rules()).isEmpty();
    assertThat(change.openTickets()).isEmpty();
    // In which order things go is up to Kubernetes; each order has to end well.
    String used = "namespace leaving is being deleted: Connection cloud is used as it was";
    System.out.printf(
        "FIGURE namespace deleted with a live change: gone after %d ms, its Connection went %s%n",
        took.toMillis(), operator.said().contains(used) ? "first" : "later");
  }

  @Test
  void aRequestThatWaitsForVotesClosesItsTicketWhenItsNamespaceIsDeleted() {
    Change change = Change.submitted("waiting", "leaving-early").seen("AwaitingApproval");
    assertThat(change.openTickets()).hasSize(1);

    server().delete("admin", change.namespace()).orFail();

    change.goneWithItsNamespace();
    assertThat(change.openTickets()).isEmpty();
  }

  /** Else whoever may delete a Connection could keep alive what it has made. */
  @Test
  void whatAConnectionHasMadeIsRemovedAlsoIfItIsDeletedAlone() {
    Change change = Change.live("alone", "connection-gone");

    server().delete("admin", connection(change)).orFail();
    server().delete("requester", change.path()).orFail();

    assertThat(Installation.until(Patience.LIMIT, () -> gone(change.path()))).isTrue();
    assertThat(change.rules()).isEmpty();
    installation.namespace("alone"); // with its Connections again
  }

  @Test
  void anOperatorThatHasLostTheCredentialsTellsPeopleWhatToDo() {
    Change change = Change.live("late", "credentials-gone");
    String rule = change.rules().getFirst();
    operator.terminate();
    server().delete("admin", change.namespace()).orFail();
    assertThat(Installation.until(Patience.LIMIT, () -> gone(connection(change)))).isTrue();

    operator.start();

    change.seen("NeedsAttention");
    assertThat(change.message())
        .startsWith("should have been removed at ")
        .endsWith(
            " and may still be live: namespace late is being deleted and Connection cloud went"
                + " first: remove by hand what status.effects lists, close the ticket, then"
                + " annotate this request with processes.secamo.io/resolve=abandon to let it go");
    assertThat(change.now().at("/status/effects").toString()).contains(rule);
    assertThat(change.rules()).containsExactly(rule);
    change.annotate("admin", "resolve", "abandon removed by hand").orFail();
    change.goneWithItsNamespace();
  }

  @Test
  void aSandboxGoesWithItsNamespace() throws Exception {
    Slot slot = installation.namespace("playground");
    for (String file : List.of("access", "connection")) {
      kubectl("admin", slot, Files.readString(Path.of("examples/sandbox", file + ".yaml")));
    }
    String request = Files.readString(Path.of("examples/sandbox/request.yaml"));
    kubectl("requester", slot, request.replace("expiresAfter: 2m", "expiresAfter: 1h"));
    Change change = new Change(slot, "", "acme-web-443").seen("AwaitingApproval");
    change.vote();
    change.seen("InForce");

    server().delete("admin", change.namespace()).orFail();

    change.goneWithItsNamespace();
  }

  private static void kubectl(String person, Slot slot, String yaml) {
    Script.Result result =
        installation
            .cluster()
            .kubectlWith(person, yaml, "-n", slot.namespace(), "apply", "-f", "-");
    assertThat(result.exit()).as(result.text()).isZero();
  }

  /** An administrator first has to take away the policy that forbids it. */
  @Test
  void aChangeIsRemovedThoughAnAdministratorTookItsFinalizerAway() {
    Change change = Change.live("stripped", "stripped-" + ProcessHandle.current().pid());
    String rule = change.rules().getFirst();
    takePolicyAway();
    try {
      assertThat(Installation.until(Patience.LIMIT, () -> strip(change))).isTrue();
      assertThat(Installation.until(Patience.LIMIT, () -> kept(change.now())))
          .as("what still exists gets its finalizer back")
          .isTrue();

      operator.standStill();
      assertThat(strip(change)).isTrue();
      server().delete("admin", change.path()).orFail();
      assertThat(gone(change.path())).isTrue();
      operator.goOn();

      assertThat(Installation.until(Patience.LIMIT, () -> change.rules().isEmpty()))
          .as("the rule that nobody answers for is removed")
          .isTrue();
    } finally {
      operator.goOn();
      putPolicyBack();
    }
    assertThat(operator.said())
        .containsPattern(
            change.name() + " was deleted without its finalizer while \\[" + rule + "\\] was");
    assertThat(server().get("admin", change.slot().evidence(change.uid())).orFail().text())
        .contains("\"what\":\"Applied\"", rule)
        .doesNotContain("\"what\":\"Ended\"");
    assertThat(change.openTickets()).as("its people have to look at it").hasSize(1);
  }

  private static boolean strip(Change change) {
    ApiServer.Answer answer =
        server().patch("admin", change.path(), "{\"metadata\":{\"finalizers\":null}}");
    return answer.code() == 200 && !kept(answer.json());
  }

  private static boolean kept(JsonNode request) {
    return request.at("/metadata/finalizers").toString().contains("processes.secamo.io/duties");
  }

  private static void takePolicyAway() {
    for (String kind : List.of("policybindings/", "policies/")) {
      server().delete("admin", POLICIES + kind + VOTES).orFail();
    }
  }

  private static void putPolicyBack() {
    Script.Result applied =
        installation
            .cluster()
            .kubectl("admin", "apply", "--server-side", "--force-conflicts", "-k", "manifests/");
    assertThat(applied.exit()).as(applied.text()).isZero();
  }
}
