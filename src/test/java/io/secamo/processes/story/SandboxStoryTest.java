package io.secamo.processes.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.State;
import io.secamo.processes.controlplane.ControlPlane;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Stories on the real API server that need no outside system, and what people read when something
 * is missing.
 */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class SandboxStoryTest {
  private static Cast cast;

  @BeforeAll
  static void setTheStage() throws Exception {
    cast = new Cast();
    for (String file : new String[] {"access", "approval-policy", "connection"}) {
      cast.adminApplies(Files.readString(Path.of("examples/sandbox/" + file + ".yaml")));
    }
    cast.operatorStarts();
  }

  @AfterAll
  static void clearTheStage() throws Exception {
    cast.close();
  }

  @Test
  void aRejectionEndsIt() {
    cast.requesterSubmits(Cast.request("sandbox", "rejected"));
    cast.sees("rejected", State.AWAITING_APPROVAL);
    String digest = cast.get("rejected").getStatus().plan().digest();
    assertThat(
            cast.as(
                    "approver",
                    "annotate",
                    "fcr",
                    "rejected",
                    "processes.secamo.io/reject=" + digest + " use the VPN")
                .exit())
        .isZero();
    cast.sees("rejected", State.REJECTED);
    assertThat(cast.get("rejected").getStatus().message())
        .isEqualTo("rejected by approver at gate security: use the VPN");
  }

  @Test
  void withdrawalWhileItWaitsEndsIt() {
    cast.requesterSubmits(Cast.request("sandbox", "withdrawn"));
    cast.sees("withdrawn", State.AWAITING_APPROVAL);
    cast.as(
        "requester",
        "patch",
        "fcr",
        "withdrawn",
        "--type=merge",
        "-p",
        "{\"spec\":{\"withdrawn\":true}}");
    cast.sees("withdrawn", State.WITHDRAWN);
  }

  @Test
  void deletionWhileItIsInForceRemovesTheRuleFirst() {
    cast.requesterSubmits(Cast.request("sandbox", "deleted", "\"443\"", "\"9447\""));
    cast.sees("deleted", State.AWAITING_APPROVAL);
    cast.approverApproves("deleted");
    cast.sees("deleted", State.IN_FORCE);
    assertThat(rules()).contains("9447");
    cast.as("requester", "delete", "fcr", "deleted", "--wait=false");
    cast.seesGone("deleted");
    assertThat(rules()).doesNotContain("9447");
  }

  @Test
  void theInboxIsAFieldSelector() {
    cast.requesterSubmits(Cast.request("sandbox", "inbox"));
    cast.sees("inbox", State.AWAITING_APPROVAL);
    assertThat(
            cast.as("approver", "get", "fcr", "--field-selector", "status.state=AwaitingApproval")
                .out())
        .contains("inbox");
    assertThat(cast.as("approver", "get", "processes").out()).contains("inbox");
  }

  @Test
  void anUnknownConnectionIsNamedAndTheRequestGoesOnOnceItExists() {
    cast.requesterSubmits(
        Cast.request(
            "sandbox", "early", "connection: sandbox\n  target", "connection: later\n  target"));
    cast.seesMessage("early", "there is no Connection later; namespace team-a has: ");
    assertThat(cast.get("early").getStatus().waitingFor()).isEqualTo("requester");
    assertThat(cast.get("early").getStatus().message())
        .contains("sandbox", "If the name is wrong, withdraw this request");
    cast.adminApplies(
        "{apiVersion: orchestrator.secamo.io/v1alpha1, kind: Connection, metadata: {name: later},"
            + " spec: {type: Sandbox}}");
    cast.sees("early", State.AWAITING_APPROVAL);
  }

  @Test
  void aMissingSecretIsNamed() throws IOException {
    connection("no-secret", "https://tickets.example.com");
    cast.requesterSubmits(helpdesk("secretless", "no-secret"));
    cast.seesMessage(
        "secretless",
        "there is no Secret no-secret in namespace team-a, which Connection no-secret names: create"
            + " it");
    assertThat(cast.get("secretless").getStatus().state()).isEqualTo(State.NEEDS_ATTENTION);
  }

  @Test
  void anUnreachableSystemIsTriedAgainAndSaidSo() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    connection("nobody-home", "http://127.0.0.1:" + closed);
    cast.adminApplies(
        "{apiVersion: v1, kind: Secret, metadata: {name: nobody-home}, stringData: {token:"
            + " t0psecret}}");
    cast.adminApplies(Files.readString(Path.of("examples/real/access.yaml")));
    cast.requesterSubmits(helpdesk("unreachable", "nobody-home"));
    cast.seesMessage("unreachable", "(attempt 2)");
    var status = cast.get("unreachable").getStatus();
    assertThat(status.message()).contains("127.0.0.1").doesNotContain("t0psecret");
    assertThat(status.nextAttemptAt()).isNotNull();
    cast.as(
        "requester",
        "patch",
        "fcr",
        "unreachable",
        "--type=merge",
        "-p",
        "{\"spec\":{\"withdrawn\":true}}");
  }

  @Test
  void theConnectionSaysWhetherARealCallWentWell() {
    assertThat(
            ControlPlane.running()
                .kubectl(
                    "requester",
                    "-n",
                    Cast.NAMESPACE,
                    "wait",
                    "--for=condition=Ready",
                    "connection/sandbox",
                    "--timeout=30s")
                .exit())
        .isZero();
  }

  private static void connection(String name, String endpoint) throws IOException {
    cast.adminApplies(
        "{apiVersion: orchestrator.secamo.io/v1alpha1, kind: Connection, metadata: {name: "
            + name
            + "}, spec: {type: RequestTracker, endpoint: '"
            + endpoint
            + "', secretRef: {name: "
            + name
            + "}, requestTracker: {queue: General}}}");
    cast.adminApplies(Files.readString(Path.of("examples/real/access.yaml")));
  }

  private static String helpdesk(String name, String ticketConnection) {
    return Cast.request(
        "sandbox",
        name,
        "connection: sandbox\n    customer",
        "connection: " + ticketConnection + "\n    customer");
  }

  private static String rules() {
    return cast.as(
            "admin", "get", "configmaps", "-l", "orchestrator.secamo.io/sandbox=rule", "-o", "yaml")
        .out();
  }
}
