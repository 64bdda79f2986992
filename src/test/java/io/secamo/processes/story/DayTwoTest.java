package io.secamo.processes.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.State;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The commands of the page about the days after the installation do what it says. */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class DayTwoTest {
  private static final String PAGE = "docs/how-to/day-two.md";
  private static final String RULES =
      "kubectl get configmaps -l orchestrator.secamo.io/sandbox=rule -o yaml";

  @Test
  void aCustomerIsAddedAndWhatIsOpenIsExtendedEndedAndRemoved() throws Exception {
    // The shell of the test names the namespace itself.
    List<String> steps =
        Pages.commands(PAGE).stream().map(step -> step.replace(" -n acme", "")).toList();
    assertThat(steps).hasSize(7);
    Pages acme = new Pages("acme");
    try (Cast cast = new Cast()) {
      cast.operatorStarts();
      assertThat(acme.run("admin", Pages.commands(PAGE).get(0)))
          .contains("sandbox", "every-change");
      // Without controllers nobody counts what a quota is about, and nothing is let in.
      acme.run("admin", "kubectl delete quota processes");
      assertThat(acme.run("requester", steps.get(1))).contains("acme-test", "acme-lasting");
      acme.await("acme-test", State.AWAITING_APPROVAL);
      acme.await("acme-lasting", State.AWAITING_APPROVAL);
      for (String approve : steps.get(2).lines().toList()) {
        acme.run("approver", "echo y | " + approve);
      }
      acme.await("acme-test", State.IN_FORCE);
      acme.await("acme-lasting", State.COMPLETED);
      String drafts = steps.get(3).replaceAll("(longer|remove).yaml", "target/$1.yaml");
      assertThat(acme.run("requester", drafts)).contains("acme-test-2", "acme-lasting-remove");
      acme.run("requester", steps.get(4));
      acme.await("acme-test", State.WITHDRAWN);
      assertThat(acme.run("admin", RULES))
          .as("what is not approved changes nothing")
          .contains("tcp 8443")
          .doesNotContain("tcp 443");
      acme.approve("acme-lasting-remove");
      acme.await("acme-lasting", State.REMOVED);
      acme.await("acme-lasting-remove", State.COMPLETED);
      assertThat(acme.run("admin", RULES)).doesNotContain("tcp 8443");
      keepsEvidence(acme, steps.get(5), steps.get(6));
      acme.run("requester", "kubectl delete fcr --all");
    }
  }

  private static void keepsEvidence(Pages acme, String weekly, String last) throws Exception {
    String folder = "target/kept-" + ProcessHandle.current().pid();
    String week = weekly.replaceFirst("week=.*", "week=" + folder + "-week");
    assertThat(acme.run("admin", ours(week))).contains("genuine").doesNotContain("NOT GENUINE");
    String whole = last.replaceAll("(?<=--to |verify )evidence", folder);
    // What other tests have left is live.
    String checked = whole.replaceFirst("--check", "--check || [ \\$? = 4 ]");
    assertThat(acme.run("admin", ours(checked))).contains("genuine").doesNotContain("NOT GENUINE");
  }

  /** Among what other tests have left there are records that they forged. */
  private static String ours(String script) {
    return script.replaceAll("(?m)process verify \"?([^\"\\s]+)\"?$", "process verify $1/acme_*");
  }
}
