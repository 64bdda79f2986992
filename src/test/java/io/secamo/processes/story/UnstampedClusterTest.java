package io.secamo.processes.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.State;
import io.secamo.processes.controlplane.ControlPlane;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.Patience;
import io.secamo.processes.systems.RealSystem;
import io.secamo.processes.systems.Script.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A cluster without mutating admission policies (before 1.36): people write the full forms. */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class UnstampedClusterTest {
  private static final ControlPlane CLUSTER = ControlPlane.running();

  @BeforeAll
  static void takeStampingAway() throws Exception {
    CLUSTER.kubectl("admin", "delete", "-k", "manifests/stamping");
    refusedSoon(true);
  }

  @AfterAll
  static void giveItBack() throws Exception {
    CLUSTER.kubectl("admin", "apply", "--server-side", "-k", "manifests/stamping");
    refusedSoon(false);
  }

  @Test
  void theWholeStoryWorksWithVotesInFull() throws Exception {
    try (Cast cast = new Cast()) {
      for (String file : new String[] {"access", "approval-policy", "connection"}) {
        cast.adminApplies(Files.readString(Path.of("examples/sandbox/" + file + ".yaml")));
      }
      cast.operatorStarts();
      cast.requesterSubmits(
          Cast.request(
              "sandbox",
              "unstamped",
              "name: unstamped",
              "name: unstamped\n  annotations: {processes.secamo.io/requested-by: requester}"));
      cast.sees("unstamped", State.AWAITING_APPROVAL);
      assertThat(cast.get("unstamped").getMetadata().getFinalizers())
          .as("the operator attached its duties itself")
          .containsExactly(Annotations.FINALIZER);
      String digest = cast.get("unstamped").getStatus().plan().digest();
      Result shorthand =
          cast.as("approver", "annotate", "fcr", "unstamped", Annotations.APPROVE + "=" + digest);
      assertThat(shorthand.err())
          .contains(
              "this cluster does not stamp votes; write"
                  + " approve.processes.secamo.io/<gate>.<any>='approver "
                  + digest
                  + " your reason'");
      Result full =
          cast.as(
              "approver",
              "annotate",
              "fcr",
              "unstamped",
              "approve.processes.secamo.io/security.me=approver " + digest + " fine");
      assertThat(full.exit()).as(full.text()).isZero();
      cast.sees("unstamped", State.IN_FORCE);
      cast.as("requester", "delete", "fcr", "unstamped", "--wait=false");
      cast.seesGone("unstamped");
    }
  }

  /** Policies take about a second to come and go. */
  private static void refusedSoon(boolean refused) {
    await()
        .atMost(Patience.LIMIT)
        .untilAsserted(
            () -> {
              Result probe =
                  CLUSTER.kubectlWith(
                      "requester",
                      Cast.request("sandbox", "probe"),
                      "-n",
                      "team-a",
                      "apply",
                      "--dry-run=server",
                      "-f",
                      "-");
              if (refused) {
                assertThat(probe.err())
                    .contains(
                        "requested-by must name the requester: this cluster does not stamp it");
              } else {
                assertThat(probe.exit()).as(probe.text()).isZero();
              }
            });
  }
}
