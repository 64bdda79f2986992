package io.secamo.processes.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.attack.Attacker.Outcome;
import io.secamo.processes.contract.LoanInstallation;
import io.secamo.processes.controlplane.ControlPlane;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What protects the requests that are shipped protects those of a kind that nobody knew. */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class AnotherKindAttackedTest {
  @Test
  void everyAttemptGetsTheAnswerOfTheRules() throws Exception {
    ControlPlane cluster = ControlPlane.apart("attacked-kind");
    try {
      LoanInstallation.on(cluster);
      Scene scene =
          new Scene(
              new Wire(cluster.kubeconfig("admin")),
              "attack",
              "loanrequests",
              LoanInstallation.SAMPLE);

      List<Outcome> outcomes = new Attacker(scene).tryAll(Matrix.ofAnyKind());

      List<Outcome> wrong = outcomes.stream().filter(it -> !it.fault().isEmpty()).toList();
      System.out.printf(
          "FIGURE attacks on another kind: attempts=%d refused=%d wrong=%d%n",
          outcomes.size(), outcomes.stream().filter(Outcome::refused).count(), wrong.size());
      assertThat(wrong.stream().limit(20).map(Outcome::told)).isEmpty();
      assertThat(outcomes).hasSizeGreaterThan(2_000);
      assertThat(scene.touched()).as("a dry run leaves no trace").isEmpty();
    } finally {
      cluster.stop();
    }
  }
}
