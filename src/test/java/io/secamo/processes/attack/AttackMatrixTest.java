package io.secamo.processes.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.attack.Attacker.Outcome;
import io.secamo.processes.controlplane.ControlPlane;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whoever tries whatever in whichever way gets the answer that the rules demand. {@code
 * -Dattacks=all} sends each attempt in every way, four times as many.
 */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class AttackMatrixTest {
  private static Scene scene;
  private static Attacker attacker;

  @BeforeAll
  static void set() throws Exception {
    scene = new Scene(new Wire(ControlPlane.running().kubeconfig("admin")), "attack");
    attacker = new Attacker(scene);
  }

  @Test
  void everyAttemptGetsTheAnswerOfTheRules() throws Exception {
    boolean all = System.getProperty("attacks", "").equals("all");
    List<Attempt> attempts = all ? Matrix.full() : Matrix.inTurn();
    long began = System.nanoTime();
    List<Outcome> outcomes = attacker.tryAll(attempts);
    List<Outcome> wrong = outcomes.stream().filter(o -> !o.fault().isEmpty()).toList();
    long refused = outcomes.stream().filter(Outcome::refused).count();
    System.out.printf(
        "FIGURE attack matrix: attempts=%d refused=%d allowed as intended=%d wrong=%d seconds=%d%n",
        outcomes.size(),
        refused,
        outcomes.size() - refused - wrong.stream().filter(o -> !o.refused()).count(),
        wrong.size(),
        (System.nanoTime() - began) / 1_000_000_000);
    wrong.forEach(o -> System.out.println("WRONG " + o.told()));
    assertThat(wrong.stream().limit(20).map(Outcome::told)).isEmpty();
    assertThat(outcomes).hasSizeGreaterThan(2500);
    assertThat(scene.touched()).as("a dry run leaves no trace").isEmpty();
  }
}
