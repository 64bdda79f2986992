package io.secamo.processes.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.secamo.processes.api.State;
import io.secamo.processes.attack.Attacker.Outcome;
import io.secamo.processes.attack.Wire.Answer;
import io.secamo.processes.controlplane.ControlPlane;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the dry runs of the matrix cannot show: what is kept, and what a new request inherits. */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class RealWritesTest {
  private static final int EACH = 97;
  private static final String NEW_DIGEST = "bbbb9c2e5b7d1846";
  private static Scene scene;
  private static Attacker attacker;

  @BeforeAll
  static void set() throws Exception {
    scene = new Scene(new Wire(ControlPlane.running().kubeconfig("admin")), "attack-real");
    attacker = new Attacker(scene);
  }

  @Test
  void whatIsRefusedLeavesNoTraceAndWhatIsAllowedIsKept() {
    List<Attempt> candidates =
        Matrix.full().stream()
            .filter(a -> a.verb().changes() && a.part() == Verb.Part.OBJECT)
            .filter(a -> a.stage() == Stage.FRESH || a.stage() == Stage.VOTED)
            .toList();
    int refused = 0;
    int made = 0;
    for (int i = 0; i < candidates.size(); i += EACH) {
      Attempt attempt = candidates.get(i);
      String name = "real-" + made++;
      ObjectNode before = scene.make(name, attempt.state(), attempt.stage());
      Outcome outcome = attacker.attack(attempt, before, false);
      assertThat(outcome.fault()).as(outcome.told()).isEmpty();
      ObjectNode expected = outcome.refused() ? before : outcome.answer().body();
      assertThat(scene.now(name)).as(outcome.told()).isEqualTo(expected);
      refused += outcome.refused() ? 1 : 0;
    }
    System.out.printf("FIGURE attacks for real: attempts=%d refused=%d wrong=0%n", made, refused);
    assertThat(refused).isPositive().isLessThan(made);
  }

  @Test
  void aVoteIsNotReplayedOnARequestThatWasMadeAgain() {
    ObjectNode old = scene.make("again", State.AWAITING_APPROVAL, Stage.VOTED);
    remove(old);
    ObjectNode copy = scene.unborn("again");
    Edits.vote("approve", "security.1", "approver " + Scene.DIGEST).make(copy, Person.REQUESTER);
    refused(send(Person.REQUESTER, "POST", scene.collection(), copy), Rules.E1.sentence);
    ObjectNode fresh = scene.make("again", State.AWAITING_APPROVAL, Stage.FRESH);
    assertThat(fresh.at("/metadata/annotations").has(Scene.VOTE_KEY)).isFalse();
    scene.status("again", State.AWAITING_APPROVAL, NEW_DIGEST, Stage.FRESH);
    ObjectNode vote = Wire.JSON.createObjectNode();
    vote.putObject("metadata").putObject("annotations");
    Edits.vote("approve", "security.1", "ME " + Scene.DIGEST).make(vote, Person.APPROVER);
    refused(
        send(Person.APPROVER, "PATCH", scene.path(fresh), vote), "the plan is now " + NEW_DIGEST);
    Edits.vote("approve", "security.1", "ME " + NEW_DIGEST).make(vote, Person.APPROVER);
    ((ObjectNode) vote.get("metadata")).set("uid", old.at("/metadata/uid"));
    refused(send(Person.APPROVER, "PATCH", scene.path(fresh), vote), "metadata.uid: Invalid value");
  }

  @Test
  void whoWithdrawsWhatIsOpenForGoodIsToldHowItIsRemoved() {
    String none = "so that withdrawing it would take nothing back";
    assertThat(withdrawn(scene.make("good", State.COMPLETED, Stage.FRESH)))
        .contains(none + ". To have removed what it opened: kubectl process remove good --reason");
    assertThat(withdrawn(scene.make("good-remove", State.COMPLETED, Stage.REMOVING)))
        .endsWith(none);
  }

  private static String withdrawn(ObjectNode request) {
    ObjectNode patch = Wire.JSON.createObjectNode();
    patch.putObject("spec").put("withdrawn", true);
    return send(Person.REQUESTER, "PATCH", scene.path(request), patch).message();
  }

  private static void remove(ObjectNode request) {
    String path = scene.path(request);
    ObjectNode strip = Wire.JSON.createObjectNode();
    strip.putObject("metadata").putNull("finalizers");
    Scene.must(send(Person.OPERATOR, "PATCH", path, strip));
    Scene.must(scene.wire.send(Person.ADMIN, "DELETE", path, "", ""));
    assertThat(scene.wire.send(Person.ADMIN, "GET", path, "", "").code()).isEqualTo(404);
  }

  private static Answer send(Person person, String method, String path, ObjectNode body) {
    String type = method.equals("POST") ? "application/json" : Scene.MERGE;
    return scene.wire.send(person, method, path, type, body.toString());
  }

  private static void refused(Answer answer, String sentence) {
    assertThat(answer.allowed()).as(answer.text()).isFalse();
    assertThat(answer.message()).contains(sentence);
  }
}
