package io.secamo.processes.cli;

import static io.secamo.processes.controlplane.Submitted.DIGEST;
import static io.secamo.processes.controlplane.Submitted.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.secamo.processes.controlplane.Submitted;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.Patience;
import io.secamo.processes.systems.RealSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kubectl process on the real API server, with persons' own credentials. */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class CliTest extends AsPersons {
  CliTest() {
    super("cli");
  }

  @Test
  void anApproverReadsThePlanIsAskedAndVotes() {
    web.in("AwaitingApproval");
    Ran ran = run("approver", "y\n", "approve", name, "--no-wait", "--reason", "agreed");

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains("Plan " + DIGEST, "Approve plan " + DIGEST + " at gate security? [y/N]")
        .contains("Cluster local at https://", ", context approver, namespace team-a\n")
        .contains("in namespace team-a of cluster local (context approver)\n")
        .contains(name + ": your vote on plan " + DIGEST + " at gate security is stored");
    assertThat(web.annotations())
        .containsValue("approver " + DIGEST + " agreed")
        .doesNotContainKey("processes.secamo.io/approve");
    assertThat(web.get().getMetadata().getManagedFields())
        .extracting(f -> f.getManager())
        .contains("processes-cli");
  }

  /** Stored is not counted: only the operator says that. */
  @Test
  void theVoterIsToldWhatBecameOfIt() throws InterruptedException {
    web.in("AwaitingApproval");
    Thread operatorCounts = Thread.ofVirtual().start(this::countTheVoteOfTheApprover);

    Ran ran = run("approver", "", "approve", name, "--yes", "--plan", DIGEST);

    operatorCounts.join();
    assertThat(ran.out())
        .contains(name + ": your vote on plan " + DIGEST + " at gate security is counted (1 of 2)");
    assertThat(ran.exit()).isZero();
  }

  private void countTheVoteOfTheApprover() {
    Awaitility.await()
        .atMost(Patience.LIMIT)
        .until(() -> web.annotations().keySet().stream().anyMatch(k -> k.startsWith("approve.")));
    operator
        .resource(web.get())
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            """
            {"status":{
              "gates":[{"name":"security","state":"Open","required":2,"approvals":1}],
              "votes":[{"gate":"security","voter":"approver","decision":"Approve","digest":"%s",
                "seenAt":"2027-01-04T09:00:00Z"}]}}
            """
                .formatted(DIGEST));
  }

  @Test
  void aVoteThatNobodyCountsIsNotSaidToCount() {
    web.in("AwaitingApproval");

    Ran ran = run("approver", "", "approve", name, "--yes", "--plan", DIGEST);

    assertThat(ran.out()).contains("is stored and not counted so far");
    assertThat(ran.exit()).isEqualTo(124);
  }

  @Test
  void whoDoesNotSayYesHasWrittenNothing() {
    web.in("AwaitingApproval");
    Ran ran = run("approver", "\n", "approve", name);

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.err()).isEqualTo("nothing was written\n");
    assertThat(web.annotations().keySet()).noneMatch(k -> k.startsWith("approve."));
  }

  @Test
  void aScriptNamesThePlanItHasRead() {
    web.in("AwaitingApproval");
    assertThat(run("approver", "", "approve", name, "--yes").err())
        .startsWith("--yes goes with --plan");
    assertThat(run("approver", "", "approve", name, "--yes", "--plan", "ffffffffffffffff").err())
        .startsWith("the plan is now " + DIGEST + ", not ffffffffffffffff");
    assertThat(run("approver", "", "approve", name, "--no-wait", "--yes", "--plan", DIGEST).exit())
        .isZero();
  }

  @Test
  void whoHoldsNoGateIsToldSoBeforeAnythingIsSent() {
    web.in("AwaitingApproval");
    assertThat(run("requester", "y\n", "approve", name).err())
        .isEqualTo(
            "you hold the verb approve on none of the open gates [security] in namespace"
                + " team-a\n");
  }

  @Test
  void aRefusalIsTheSentenceOfTheRule() {
    web.in("AwaitingApproval");
    run("approver", "", "approve", name, "--no-wait", "--yes", "--plan", DIGEST);
    assertThat(run("approver", "", "approve", name, "--yes", "--plan", DIGEST).err())
        .isEqualTo("you have already voted at gate security for this plan\n");
  }

  @Test
  void aRejectionNeedsWords() {
    web.in("AwaitingApproval");
    assertThat(run("approver", "", "reject", name).exit()).isEqualTo(2);
    assertThat(
            run("approver", "y\n", "reject", name, "--no-wait", "--reason", "use the proxy").exit())
        .isZero();
    assertThat(web.annotations()).containsValue("approver " + DIGEST + " use the proxy");
  }

  /** As long as nothing was made: what is stuck must not be rejected through another door only. */
  @Test
  void whatIsStuckIsRejectedToo() {
    web.in("NeedsAttention");
    assertThat(run("approver", "", "approve", name, "--yes", "--plan", DIGEST).err())
        .isEqualTo("this request is not waiting for votes: its state is NeedsAttention\n");
    Ran ran = run("approver", "y\n", "reject", name, "--no-wait", "--reason", "use the proxy");
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(web.annotations()).containsValue("approver " + DIGEST + " use the proxy");
  }

  @Test
  void theInboxShowsWhatWaitsForMeAndNothingElse() {
    web.in("AwaitingApproval");
    assertThat(run("approver", "", "inbox").out()).contains(name, DIGEST, "security 0/1");
    assertThat(run("requester", "", "inbox").out()).doesNotContain(name);
    assertThat(run("approver", "", "inbox", "-A").err()).contains("cannot list resource");
    assertThat(run("admin", "", "inbox", "-A").out()).contains(name);
    web.in("InForce");
    assertThat(run("approver", "", "inbox").out()).doesNotContain(name);
  }

  @Test
  void whatIsStuckIsInTheInboxOfWhoMayAnswerItAndItsStatusSaysHow() {
    web.stuck("resume:Plan", "skip:CloseTicket", "abandon");
    assertThat(run("admin", "", "inbox").out()).contains(name, "duty");
    assertThat(run("requester", "", "inbox").out()).doesNotContain(name);
    assertThat(run("admin", "", "status", name).out())
        .contains(
            "What you can do:\n  kubectl process retry " + name + " -n team-a\n",
            "  kubectl process resolve " + name + " -n team-a resume:Plan\n");
  }

  @Test
  void aRequestWithoutAPlanHidesNoOtherFromTheInbox() {
    web.in("AwaitingApproval");
    operator
        .resource(web.get())
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{\"plan\":null}}");
    Submitted other = new Submitted(cluster, operator, name + "-other");
    accepted(other.submittedBy("requester", "engineers"));
    other.in("AwaitingApproval");

    Ran ran = run("approver", "", "inbox");

    assertThat(ran.out()).contains(name + "-other").doesNotContain(name + " ");
    assertThat(ran.exit()).isZero();
    other.remove();
  }

  @Test
  void dataIsWrittenForPrograms() {
    web.in("AwaitingApproval");
    assertThat(run("approver", "", "plan", name, "-o", "json").out()).contains("\"digest\"");
    assertThat(run("approver", "", "status", name, "-o", "yaml").out())
        .contains("FirewallChangeRequest");
  }

  @Test
  void statusTellsWhoseTurnItIs() {
    assertThat(run("requester", "", "status", name).out())
        .contains("The operator has not looked at it yet");
    web.in("AwaitingApproval");
    assertThat(run("requester", "", "status", name).out())
        .contains("State           AwaitingApproval", "Gate security   Open, 0 of 1");
  }

  @Test
  void withdrawingAsksFirst() {
    assertThat(run("requester", "n\n", "withdraw", name).exit()).isEqualTo(1);
    assertThat(run("requester", "yes\n", "withdraw", name).exit()).isZero();
    assertThat(web.get().getSpec().withdrawn()).isTrue();
  }

  @Test
  void whatNeedsAttentionIsAnsweredByWhoMay() {
    web.in("NeedsAttention");
    assertThat(run("requester", "", "resolve", name, "abandon", "--yes").err())
        .startsWith("you may not answer this: it takes the verb abandon");
    assertThat(run("admin", "", "resolve", name, "abandon", "--yes", "--reason", "gone").exit())
        .isZero();
    assertThat(web.annotations())
        .containsEntry("processes.secamo.io/resolve", "abandon gone")
        .containsEntry("processes.secamo.io/resolved-by", "admin");
  }

  @Test
  void anAnswerThatNobodyWouldFollowIsRefusedWithThoseThereAre() {
    web.stuck("resume:Plan", "skip:CloseTicket", "abandon");
    assertThat(run("admin", "", "resolve", name, "skip:Approve", "--yes").err())
        .isEqualTo(
            name
                + " cannot be answered with skip:Approve; it can be with: resume:Plan,"
                + " skip:CloseTicket, abandon\n");
    assertThat(run("admin", "", "resolve", name, "resume:Plan", "--yes").exit()).isZero();
    assertThat(run("admin", "", "resolve", name, "resume:Plan", "--yes").exit()).isZero();
    assertThat(web.annotations().get("processes.secamo.io/resolve")).startsWith("resume:Plan (");
  }

  @Test
  void aListTellsWhoHasToActAndFiltersWhatIsMine() {
    web.in("AwaitingApproval");
    assertThat(run("requester", "", "list", "--mine", "--waiting").out()).contains(name);
    assertThat(run("approver", "", "ls", "--mine").out()).doesNotContain(name);
    assertThat(run("admin", "", "ls", "-A").out()).contains("team-a", name, "AwaitingApproval");
    assertThat(run("approver", "", "list", "--live").out()).doesNotContain(name);
  }

  @Test
  void whatAnApproverSuspendsTheRequesterDoesNotResume() {
    web.in("AwaitingApproval");
    assertThat(run("approver", "", "suspend", name).out()).startsWith(name + ": held: ");
    assertThat(web.annotations())
        .containsEntry("processes.secamo.io/suspend-by", "approver")
        .containsEntry("processes.secamo.io/held", "true");
    assertThat(run("requester", "", "resume", name, "--yes").err())
        .isEqualTo(name + " is held by approver: only who has the verb hold on it lets it go on\n");
    Ran ran = run("approver", "y\n", "resume", name);
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(web.get().getSpec().suspend()).isFalse();
    assertThat(web.annotations()).doesNotContainKey("processes.secamo.io/held");
  }

  @Test
  void aRequesterSuspendsAndResumesInTheirOwnName() {
    Ran ran = run("requester", "", "suspend", name);
    assertThat(ran.out()).as(ran.err()).startsWith(name + ": suspended: ");
    assertThat(run("requester", "", "resume", name, "--yes").exit()).isZero();
    assertThat(web.annotations()).containsEntry("processes.secamo.io/suspend-by", "requester");
  }

  @Test
  void whatExtendWritesIsTakenByTheApiServerAndNotStoredByPlan(@TempDir Path folder)
      throws IOException {
    Ran longer = run("requester", "", "extend", name, "--for", "8h");
    assertThat(longer.exit()).as(longer.err()).isZero();
    Path file = Files.writeString(folder.resolve("longer.yaml"), longer.out());

    Ran plan = run("requester", "", "plan", "-f", file.toString());

    assertThat(plan.out()).as(plan.err()).contains("The API server would take it; nothing was");
    assertThat(plan.out()).contains("8 hours from when it is opened", "Requester  requester");
    assertThat(run("requester", "", "status", name + "x").err()).contains("there is no request");
    assertThat(run("approver", "", "plan", "-f", file.toString()).err()).isNotEmpty();
    assertThat(run("approver", "", "extend", name, "--for", "8h").err())
        .contains("You may not submit requests in namespace team-a: ");
    assertThat(longer.err()).doesNotContain("You may not");
    Files.writeString(file, longer.out().replaceFirst("name: \"" + name + "-2\"", "name: " + name));
    assertThat(run("requester", "", "plan", "-f", file.toString()).err())
        .startsWith("there is a request " + name + " in namespace team-a already: ");
    Files.writeString(file, longer.out().replace("justification", "justificaton"));
    assertThat(run("requester", "", "plan", "-f", file.toString()).err())
        .contains("unknown field \"spec.justificaton\"");
  }

  @Test
  void whoUninstallsIsToldWhatGoes() {
    assertThat(run("admin", "", "uninstall", "--check").out())
        .contains("go, in all namespaces, ", " and the evidence of ");
  }

  @Test
  void theVersionIsToldAsFarAsOneMayLook() {
    assertThat(run("requester", "", "version").out())
        .startsWith("Program   kubectl process ")
        .contains("Operator  cannot tell: deployments.apps is forbidden", "Writes    ");
    assertThat(run("admin", "", "version").out())
        .contains("Operator  no Deployment of it is ready (its image would be ghcr.io/secamo/");
  }

  @Test
  void aMisspeltContextDoesNotActOnTheCurrentCluster() {
    Ran ran = run("requester", "", "withdraw", name, "--yes", "--context", "prod");
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.err())
        .startsWith("there is no context prod in ")
        .endsWith(": there is requester\n");
    assertThat(web.get().getSpec().withdrawn()).isNotEqualTo(true);
  }

  @Test
  void aNamespaceThatIsNotThereIsNotOneInWhichNothingWaits() {
    assertThat(run("admin", "", "inbox", "-n", "team-typo").err())
        .startsWith("there is no namespace team-typo in cluster local");
  }

  @Test
  void aNameThatIsNotThereIsSaidInASentence() {
    assertThat(run("approver", "", "plan", "nothing").err())
        .isEqualTo(
            "there is no request nothing in namespace team-a: kubectl -n team-a get fcr shows"
                + " those there. How one that was deleted ended tells\n"
                + "  kubectl process evidence nothing -n team-a\n");
    assertThat(run("approver", "", "evidence", name).err()).contains("has left no evidence yet");
  }

  /** What admission refuses is refused before anybody has read a plan and answered. */
  @Test
  void whoAskedForItIsToldBeforeTheyReadThePlan() {
    web.askedBy("approver");
    Ran ran = run("approver", "y\n", "approve", name);

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).isEqualTo("you requested this change: somebody else must approve it\n");
  }

  /** It would be stored, and nothing would go ahead. */
  @Test
  void anOverrideThatCannotCountIsNotWritten() {
    web.in("AwaitingApproval");
    web.gatesAskFor("security: 1");
    Ran ran = run("admin", "y\n", "override", name, "--incident", "INC-1", "--reason", "down");

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.err()).startsWith("no override would count: not every policy that asks for");
    assertThat(web.annotations().keySet()).noneMatch(key -> key.startsWith("override."));
  }

  /** A choice among gates is typed once more, with all that has to be typed. */
  @Test
  void theCommandsToChooseFromHaveTheOptionsThatWereGiven() {
    web.in("AwaitingApproval", "security", "owner");
    Ran cut = run("admin", "", "override", name, "--incident", "INC 1", "--reason", "down");
    assertThat(cut.exit()).isEqualTo(2);
    assertThat(cut.err()).startsWith("--incident is one word of 3 to 60 letters, digits, dots");

    Ran ran = run("admin", "", "override", name, "--incident", "INC-1", "--reason", "it's down");

    assertThat(ran.err())
        .contains("override " + name + " -n team-a --gate owner --incident 'INC-1' --reason 'it'")
        .contains("'s down'");
  }

  @Test
  void aReasonThatDoesNotFitIntoAVoteIsWrongUsage() {
    web.in("AwaitingApproval");
    String reason = "x".repeat(1100);
    Ran ran = run("approver", "", "approve", name, "--yes", "--plan", DIGEST, "--reason", reason);
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).matches("(?s)--reason is \\d+ bytes too long: write it shorter.*");
  }

  /** It was said to be live and well, though its end had been asked for. */
  @Test
  void whatWasTakenBackWhileNobodyLookedIsNotWaitedForAsIfItWasLive() {
    web.live();
    assertThat(run("requester", "", "wait", name, "--timeout", "1s").exit()).isZero();
    assertThat(run("requester", "", "withdraw", name, "--yes").exit()).isZero();

    Ran ran = run("requester", "", "wait", name, "--timeout", "1s");
    assertThat(ran.exit()).isEqualTo(124);
    assertThat(ran.err()).contains("it was withdrawn, and the operator has not looked at it since");
    assertThat(run("requester", "", "list", "--mine").out())
        .containsPattern(name + " +InForce +operator ");
  }

  /** What goes cannot be kept, also not by who may hold it. */
  @Test
  void whatIsBeingRemovedIsNeitherTakenBackNorHeld() {
    web.made("Reverting");
    for (String command : List.of("withdraw", "suspend")) {
      Ran ran = run("requester", "y\n", command, name);
      assertThat(ran.exit()).as(command).isEqualTo(1);
      assertThat(ran.err()).startsWith(name + " is ending, and that goes on. How it goes");
    }
  }

  /** A request that nobody looks at stays as it is, and whoever waits for it must know. */
  @Test
  void whoeverWaitsIsToldThatItGoesOn() {
    Ticking hurried = new Ticking(Instant.now());
    hurried.step = Duration.ofSeconds(8);
    Ran ran = run(hurried, "requester", "", "wait", name, "--timeout", "1m");

    assertThat(ran.exit()).isEqualTo(124);
    assertThat(ran.out()).isEqualTo("Received\n");
    assertThat(ran.err())
        .isEqualTo(
            "still Received, 40s so far. The operator has not looked at it yet: is it running?\n"
                + "not within 1m. The operator has not looked at it yet: is it running?\n");
  }
}
