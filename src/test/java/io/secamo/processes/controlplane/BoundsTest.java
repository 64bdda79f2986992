package io.secamo.processes.controlplane;

import static io.secamo.processes.controlplane.Submitted.DIGEST;
import static io.secamo.processes.controlplane.Submitted.accepted;
import static io.secamo.processes.controlplane.Submitted.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Nobody fills a request, and what is full already can still be voted on and emptied. */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class BoundsTest extends OneRequest {
  private static final String VOTE = "approve.processes.secamo.io/security.mine=approver " + DIGEST;

  BoundsTest() {
    super("bounded");
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
    web.stored(annotations);
  }
}
