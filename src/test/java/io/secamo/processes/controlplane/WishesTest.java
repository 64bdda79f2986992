package io.secamo.processes.controlplane;

import static io.secamo.processes.controlplane.Submitted.accepted;
import static io.secamo.processes.controlplane.Submitted.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import io.secamo.processes.systems.Script.Result;
import org.junit.jupiter.api.Test;

/** Suspending, going on and taking back: each by somebody who is named, and who may. */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class WishesTest extends OneRequest {
  private static final String BY = "processes.secamo.io/suspend-by";
  private static final String HELD = "processes.secamo.io/held";
  private static final String WITHDRAWN_BY = "processes.secamo.io/withdrawn-by";

  WishesTest() {
    super("wish");
  }

  private Result wish(String person, String patch) {
    return cluster.kubectl(
        person, "-n", "team-a", "patch", "fcr", name, "--type=merge", "-p", patch);
  }

  private Result suspend(String person, boolean on) {
    return wish(person, "{\"spec\":{\"suspend\":" + on + "}}");
  }

  @Test
  void whoSuspendsAndWhoLetsItGoOnIsNamed() {
    accepted(suspend("requester", true));
    assertThat(web.annotations()).containsEntry(BY, "requester").doesNotContainKey(HELD);
    accepted(suspend("second-approver", false));
    assertThat(web.annotations()).containsEntry(BY, "second-approver").doesNotContainKey(HELD);
  }

  @Test
  void whatAnApproverHoldsNoRequesterLetsGoOn() {
    accepted(suspend("approver", true));
    assertThat(web.annotations()).containsEntry(BY, "approver").containsEntry(HELD, "true");

    String sentence = "held by approver, so that you cannot let it go on: it takes the verb hold";
    refused(suspend("requester", false), sentence);
    refused(
        wish("requester", "{\"metadata\":{\"annotations\":{\"" + HELD + "\":null}}}"), "own name");
    refused(
        wish(
            "requester",
            "{\"metadata\":{\"annotations\":{\"%s\":null,\"%s\":\"requester\"}}}"
                .formatted(HELD, BY)),
        sentence);
    refused(
        wish(
            "requester",
            "{\"spec\":{\"suspend\":false},\"metadata\":{\"annotations\":{\"%s\":\"requester\"}}}"
                .formatted(BY)),
        "held is true, and only together with spec.suspend: true");

    accepted(suspend("second-approver", false));
    assertThat(web.annotations()).containsEntry(BY, "second-approver").doesNotContainKey(HELD);
  }

  @Test
  void anApproverHoldsWhatARequesterSuspended() {
    accepted(suspend("requester", true));
    String hold = "{\"metadata\":{\"annotations\":{\"%s\":\"true\",\"%s\":\"%s\"}}}";
    refused(
        wish("requester", hold.formatted(HELD, BY, "requester")),
        "you cannot hold this: it takes the verb hold");
    accepted(wish("approver", hold.formatted(HELD, BY, "approver")));
    refused(suspend("requester", false), "held by approver");
  }

  /** Whoever asks for a change and may hold does not hold it so that nobody else can. */
  @Test
  void anApproverTakesOverWhatSomebodyElseHolds() {
    String hold =
        "{\"spec\":{\"suspend\":true},\"metadata\":{\"annotations\":{\"%s\":\"true\",\"%s\":\"%s\"}}}";
    accepted(wish("second-approver", hold.formatted(HELD, BY, "second-approver")));
    refused(wish("requester", hold.formatted(HELD, BY, "requester")), "verb hold");
    accepted(wish("approver", hold.formatted(HELD, BY, "approver")));
    assertThat(web.annotations()).containsEntry(BY, "approver").containsEntry(HELD, "true");
  }

  @Test
  void nobodySuspendsOrWithdrawsInTheNameOfAnother() {
    refused(
        wish(
            "requester",
            "{\"spec\":{\"suspend\":true},\"metadata\":{\"annotations\":{\"%s\":\"approver\"}}}"
                .formatted(BY)),
        "you suspend and resume in your own name only: write " + BY + "=requester");
    refused(
        wish("requester", "{\"metadata\":{\"annotations\":{\"%s\":\"approver\"}}}".formatted(BY)),
        "suspend-by changes together with spec.suspend only");
    refused(
        wish(
            "requester",
            "{\"spec\":{\"withdrawn\":true},\"metadata\":{\"annotations\":{\"%s\":\"approver\"}}}"
                .formatted(WITHDRAWN_BY)),
        "you withdraw in your own name only");
    refused(
        wish(
            "requester",
            "{\"metadata\":{\"annotations\":{\"%s\":\"requester\"}}}".formatted(WITHDRAWN_BY)),
        "withdrawn-by changes together with spec.withdrawn only");
  }

  @Test
  void whoTakesItBackIsNamedAlsoWhileItIsHeld() {
    accepted(suspend("approver", true));
    accepted(wish("requester", "{\"spec\":{\"withdrawn\":true}}"));
    assertThat(web.annotations()).containsEntry(WITHDRAWN_BY, "requester");
  }

  /** It was stored, nothing followed, and everybody was told that what was opened is removed. */
  @Test
  void whatIsCompletedIsNotWithdrawn() {
    web.in("Completed");
    refused(
        wish("requester", "{\"spec\":{\"withdrawn\":true}}"),
        "this request is Completed, so that withdrawing it would take nothing back. To have removed"
            + " what it opened: kubectl process remove");
    refused(
        wish(
            "approver",
            "{\"metadata\":{\"annotations\":{\"processes.secamo.io/reject\":\"security:%s no\"}}}"
                .formatted(Submitted.DIGEST)),
        "this request is not waiting for votes: its state is Completed");
    web.in("InForce");
    accepted(wish("requester", "{\"spec\":{\"withdrawn\":true}}"));
  }

  /** It was stored, and people thought that something would follow. */
  @Test
  void whatIsOverIsNeitherSuspendedNorWithdrawn() {
    web.in("Expired");
    refused(
        wish("requester", "{\"spec\":{\"withdrawn\":true}}"),
        "this request is Expired, so that there is nothing left to withdraw");
    refused(
        suspend("approver", true),
        "this request is Expired, so that there is nothing left to suspend");
    web.in("Completed");
    refused(
        suspend("requester", true),
        "this request is Completed, so that there is nothing left to suspend");
  }

  @Test
  void whatWasSuspendedWhenItEndedIsLetGoOnAllTheSame() {
    accepted(suspend("requester", true));
    web.in("Rejected");
    accepted(suspend("requester", false));
  }

  @Test
  void aNewRequestBringsNoWordsOfOthers() {
    Submitted other = new Submitted(cluster, operator, name + "-new");
    refused(
        other.submittedBy("requester", "engineers", HELD + ": \"true\""),
        "leave out suspend-by, held and withdrawn-by");
  }
}
