package io.secamo.processes.cli.yours;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.approval.Vote;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nobody is called to what is not theirs, and nobody misses what is. */
class YourPartTest {
  private static final String VOTING =
      """
      state: AwaitingApproval
        requestedBy: {name: ann, source: Admission}
        plan: {digest: 0f3a9c2e5b7d1846, sha256: 0f3a, summary: s, account: a, policy: p, effects: [],
          computedAt: "2027-01-04T08:00:01Z"}
        gates:
        - {name: security, state: Open, required: 2, approvals: 1}
        - {name: network, state: Open, required: 1, approvals: 0}
        - {name: owner, state: Passed, required: 1, approvals: 1}
        votes:
        - {gate: security, voter: bob, decision: Approve, digest: 0f3a9c2e5b7d1846,
          seenAt: "2027-01-04T08:00:02Z"}
      """;
  private static final String MISNAMED =
      """
      state: NeedsAttention
        waitingFor: requester
        requestedBy: {name: ann, source: Admission}
        answers: ["resume:Check", "abandon"]
      """;
  private static final String STUCK = MISNAMED.replace("requester\n", "operator on duty\n");

  @Test
  void whoHoldsTwoGatesAndVotedAtOneIsAskedAtTheOther() {
    YourPart bob = person("bob", "approve security", "approve network", "approve owner");
    assertThat(bob.gates(request(VOTING))).containsExactly("network");
    assertThat(bob.commands(request(VOTING)))
        .containsExactly(
            "kubectl process approve web -n team-a --gate network",
            "kubectl process reject web -n team-a --gate network --reason 'why not'");
  }

  @Test
  void whoseVoteIsStoredIsNotAskedForItAgain() {
    YourPart bob = person("bob", "approve security", "approve network", "approve owner");
    FirewallChangeRequest request = request(VOTING);
    request
        .getMetadata()
        .setAnnotations(
            Map.of(
                "approve.processes.secamo.io/network.x", "bob 0f3a9c2e5b7d1846 fine",
                "approve.processes.secamo.io/network.y", "eve 1111111111111111 an earlier plan"));

    assertThat(bob.gates(request)).isEmpty();
    StoredVotes stored = new StoredVotes(request);
    assertThat(stored.uncounted()).extracting(Vote::voter).containsExactly("bob");
    assertThat(stored.ofEarlierPlans()).isEqualTo(1);
  }

  /** The admission policies do not hold: a vote would be void as soon as they do again. */
  @Test
  void nobodyIsAskedToVoteWhileAnAdministratorIsWaitedFor() {
    YourPart bob = person("bob", "approve security", "approve network", "approve owner");
    assertThat(bob.gates(request(VOTING + "  waitingFor: administrator\n"))).isEmpty();
  }

  /** What went ahead and cannot be reviewed any more is removed, whatever anybody votes. */
  @Test
  void nobodyIsAskedToReviewWhatWaitsForItsEnd() {
    YourPart bob = person("bob", "approve security", "approve network", "approve owner");
    assertThat(bob.gates(request(VOTING + "  waitingFor: expiry\n"))).isEmpty();
  }

  /** No operator runs: what its people end meanwhile waits for nobody else. */
  @Test
  void whatWasWithdrawnMeanwhileIsNobodysPart() {
    YourPart bob = person("bob", "approve network", "resolve", "abandon");
    for (String status : new String[] {VOTING, STUCK}) {
      FirewallChangeRequest request = request(status + "  observedGeneration: 1\n");
      request.getMetadata().setGeneration(2L);
      request.getMetadata().setDeletionTimestamp("2027-01-04T08:59:00Z");
      assertThat(bob.gates(request)).isEmpty();
      assertThat(bob.toAnswer(request)).isFalse();
      assertThat(bob.commands(request)).isEmpty();
      assertThat(person("ann").commands(request)).isEmpty();
    }
  }

  /** What goes is not taken back, held or let go on by anybody. */
  @Test
  void nothingIsOfferedForWhatIsBeingRemoved() {
    String going = VOTING.replace("AwaitingApproval", "Reverting");
    assertThat(person("ann", "hold").commands(request(going))).isEmpty();
  }

  /** Its request cannot be taken back any more, but what waits for people still does. */
  @Test
  void aRemovalThatGoesOnIsReviewedAndAnsweredAndNotTakenBack() {
    String begun = "  steps: [{name: Apply, state: Done, finishedAt: 2027-01-04T08:00:02Z}]\n";
    FirewallChangeRequest reviewed = removing(VOTING + begun);
    assertThat(person("eve", "approve security").commands(reviewed))
        .containsExactly(
            "kubectl process approve web -n team-a --gate security",
            "kubectl process reject web -n team-a --gate security --reason 'why not'");
    assertThat(person("ann").commands(reviewed)).isEmpty();
    assertThat(person("ann").commands(removing(VOTING)))
        .as("before it has begun")
        .containsExactly("kubectl process withdraw web -n team-a");
    assertThat(person("ann").commands(removing(STUCK + begun)))
        .as("nothing may go on")
        .contains("kubectl process withdraw web -n team-a");
  }

  /** It was given up or its time is over, and a system refuses the removal. */
  @Test
  void whatIsToEndAndIsStuckIsTriedAgainAndNotTakenBack() {
    String decided =
        "  evidence: [{at: 2027-01-04T08:00:02Z, what: EndDecided, previous: p, hash: h}]\n";
    FirewallChangeRequest ending = request(STUCK + decided);
    ending.setSpec(
        Serialization.unmarshal("justification: x\nsuspend: true\n", FirewallChangeSpec.class));
    assertThat(person("ann").commands(ending))
        .containsExactly("kubectl process retry web -n team-a");
  }

  /** Nobody would guess that another request removes it. */
  @Test
  void whoOpenedSomethingForGoodIsToldHowItIsRemoved() {
    String lasting =
        """
        state: Completed
          requestedBy: {name: ann, source: Admission}
          inForce: {since: 2027-01-04T08:00:02Z}
        """;
    assertThat(person("ann").commands(request(lasting)))
        .containsExactly("kubectl process remove web -n team-a --reason 'why'");
    assertThat(person("eve").commands(request(lasting))).isEmpty();
    assertThat(
            person("ann")
                .commands(
                    request(lasting.replace("02Z}", "02Z, revertedAt: 2027-01-04T09:00:00Z}"))))
        .isEmpty();
  }

  private static FirewallChangeRequest removing(String status) {
    String spec = "justification: Partner test\nremoves: earlier\n";
    FirewallChangeRequest request = request(status);
    request.setSpec(Serialization.unmarshal(spec, FirewallChangeSpec.class));
    return request;
  }

  @Test
  void aDeputyIsAskedAndWhoHoldsNothingIsNot() {
    YourPart deputy = person("eve", "approve-as-deputy security", "deputy security");
    assertThat(deputy.gates(request(VOTING))).containsExactly("security");
    assertThat(person("eve", "approve-as-deputy security").gates(request(VOTING)))
        .as("nobody lets them vote in their place")
        .isEmpty();
    assertThat(person("eve", "resolve").gates(request(VOTING))).isEmpty();
    assertThat(person("eve", "resolve").commands(request(VOTING))).isEmpty();
  }

  @Test
  void nobodyIsAskedToApproveWhatTheyAskedFor() {
    YourPart ann = person("ann", "approve security", "approve network");
    assertThat(ann.gates(request(VOTING))).isEmpty();
    assertThat(ann.commands(request(VOTING)))
        .containsExactly("kubectl process withdraw web -n team-a");

    String forHer = VOTING.replace("source: Admission", "source: OnBehalf, submittedBy: robot");
    assertThat(person("robot", "approve security").gates(request(forHer))).isEmpty();
  }

  @Test
  void whatWaitsForItsRequesterWaitsForNobodyElse() {
    assertThat(person("ann").toPutRight(request(MISNAMED))).isTrue();
    assertThat(person("ann").commands(request(MISNAMED)))
        .containsExactly(
            "kubectl process withdraw web -n team-a", "kubectl process retry web -n team-a");
    assertThat(person("bob").toPutRight(request(MISNAMED))).isFalse();
    assertThat(person("bob", "resolve", "abandon").toAnswer(request(MISNAMED))).isFalse();
    assertThat(person("bob", "resolve", "abandon").commands(request(MISNAMED)))
        .as("their requester may have left")
        .containsExactly("kubectl process resolve web -n team-a abandon");
  }

  @Test
  void whatIsStuckWaitsForWhoMayAnswerIt() {
    assertThat(person("bob", "resolve").toAnswer(request(STUCK))).isTrue();
    assertThat(person("bob", "resolve").commands(request(STUCK)))
        .containsExactly(
            "kubectl process retry web -n team-a",
            "kubectl process resolve web -n team-a resume:Check");
    assertThat(person("bob", "resolve", "abandon").commands(request(STUCK)))
        .containsExactly(
            "kubectl process retry web -n team-a",
            "kubectl process resolve web -n team-a resume:Check",
            "kubectl process resolve web -n team-a abandon");
    assertThat(person("ann").toAnswer(request(STUCK))).isFalse();
    assertThat(person("ann").toPutRight(request(STUCK))).isFalse();
  }

  @Test
  void whatIsHeldIsLetGoOnByWhoMayHold() {
    String suspended = "state: Suspended\n  requestedBy: {name: ann, source: Admission}";
    FirewallChangeRequest request = request(suspended);
    assertThat(person("ann").commands(request)).contains("kubectl process resume web -n team-a");
    assertThat(person("bob", "hold").commands(request)).isEmpty();

    request.getMetadata().getAnnotations().put("processes.secamo.io/held", "true");
    assertThat(person("ann").commands(request))
        .containsExactly("kubectl process withdraw web -n team-a");
    assertThat(person("bob", "hold").commands(request))
        .containsExactly("kubectl process resume web -n team-a");
  }

  @Test
  void aRequesterMayHaveWhatIsLiveStayLonger() {
    String live = "state: %s\n  requestedBy: {name: ann, source: Admission}";
    assertThat(person("ann").commands(request(live.formatted("InForce"))))
        .containsExactly(
            "kubectl process extend web -n team-a --for 8h",
            "kubectl process withdraw web -n team-a");
    assertThat(person("ann", "approve security").commands(request(live.formatted("Expired"))))
        .isEmpty();
  }

  private static YourPart person(String name, String... held) {
    Set<String> verbs = Set.of(held);
    return new YourPart(
        name,
        new Rights() {
          @Override
          public boolean atGate(String verb, String gate, String namespace) {
            return namespace.equals("team-a") && verbs.contains(verb + " " + gate);
          }

          @Override
          public boolean standsIn(String gate, String namespace) {
            return namespace.equals("team-a") && verbs.contains("deputy " + gate);
          }

          @Override
          public boolean on(String verb, String request, String namespace) {
            return request.equals("web") && namespace.equals("team-a") && verbs.contains(verb);
          }
        });
  }

  private static FirewallChangeRequest request(String status) {
    String whole =
        """
        metadata: {name: web, namespace: team-a, annotations: {a: b}}
        spec: {justification: Partner test}
        status:
          %s
        """
            .formatted(status);
    return Serialization.unmarshal(whole, FirewallChangeRequest.class);
  }
}
