package io.secamo.processes.controlplane;

import static io.secamo.processes.controlplane.Submitted.DIGEST;
import static io.secamo.processes.controlplane.Submitted.accepted;
import static io.secamo.processes.controlplane.Submitted.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.secamo.processes.api.FirewallChangeRequest;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nobody fills a request, and what is full already can still be voted on and emptied. */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class BoundsTest {
  private static final String VOTE = "approve.processes.secamo.io/security.mine=approver " + DIGEST;
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static ControlPlane cluster;
  private static KubernetesClient operator;
  private String name;
  private Submitted web;

  @BeforeAll
  static void connect() {
    cluster = ControlPlane.running();
    operator = cluster.client("operator");
  }

  @AfterAll
  static void disconnect() {
    operator.close();
  }

  @BeforeEach
  void submit() {
    name = "bounded-" + COUNT.incrementAndGet();
    web = new Submitted(cluster, operator, name);
    accepted(web.submittedBy("requester", "engineers"));
  }

  @AfterEach
  void cleanUp() {
    web.remove();
  }

  @Test
  void aRequestThatNobodyHasLookedAtSaysSo() {
    assertThat(web.get().getStatus().observedGeneration()).isEqualTo(-1);
  }

  @Test
  void fieldManagersCannotFillARequest() {
    refused(web.appliedByManyManagers(), "field managers hold at most 131,072 bytes");
  }

  @Test
  void whatWasStoredUnderLargerBoundsCanBeVotedOnAndEmptied() {
    web.in("AwaitingApproval");
    stored(300);

    refused(web.annotate("requester", "example.org/one-more=x"), "at most 64 annotations");
    accepted(web.annotate("approver", VOTE));
    accepted(web.annotate("requester", "example.org/n7-"));
  }

  @Test
  void whoTakesEveryPlaceLocksNobodyOut() {
    web.in("AwaitingApproval");
    stored(64);

    refused(web.annotate("requester", "example.org/one-more=x"), "at most 64 annotations");
    accepted(web.annotate("requester", "--overwrite", "processes.secamo.io/requested-at=now"));
    accepted(web.annotate("approver", VOTE));
  }

  /** The API server stores each of them as six bytes. */
  @Test
  void whatIsStoredAsSixBytesCountsAsSix() {
    refused(
        web.annotate("requester", "example.org/much=" + "<".repeat(25_000)),
        "annotations beside votes hold at most 131,072 bytes");
    accepted(web.annotate("requester", "example.org/much=" + "<".repeat(20_000)));
  }

  @Test
  void manyAnnotationsDoNotKeepTheOperatorFromWriting() {
    stored(300);
    stored(301);

    assertThat(web.annotations()).hasSizeGreaterThan(300);
  }

  /** Only the operator may, and an earlier version let others. */
  private void stored(int count) {
    String annotations =
        IntStream.range(0, count)
            .mapToObj(i -> "\"example.org/n" + i + "\":\"x\"")
            .collect(Collectors.joining(",", "\"processes.secamo.io/requested-at\":\"then\",", ""));
    var unused =
        operator
            .resources(FirewallChangeRequest.class)
            .inNamespace("team-a")
            .withName(name)
            .patch(
                PatchContext.of(PatchType.JSON_MERGE),
                "{\"metadata\":{\"annotations\":{" + annotations + "}}}");
  }
}
