package io.secamo.processes.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.State;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The commands of the page about the days after the installation do what it says. */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class DayTwoTest {
  private static final String PAGE = "docs/how-to/day-two.md";
  private static final String REQUEST = "examples/sandbox/request.yaml";
  private static final String RULES =
      "kubectl get configmaps -l orchestrator.secamo.io/sandbox=rule -o yaml";

  @Test
  void aCustomerWhoWasAddedCanWork() throws Exception {
    List<String> steps = Pages.commands(PAGE);
    assertThat(steps).hasSize(4);
    Pages acme = new Pages("acme");
    try (Cast cast = new Cast()) {
      cast.operatorStarts();
      assertThat(acme.run("admin", steps.get(0))).contains("sandbox", "every-change");
      // Without controllers nobody counts what a quota is about, and nothing is let in.
      acme.run("admin", "kubectl delete quota requests");
      acme.run("requester", "kubectl apply -f " + REQUEST);
      acme.approve("acme-web-443");
      acme.await("acme-web-443", State.IN_FORCE);
      acme.run("requester", "kubectl delete fcr acme-web-443");
    }
  }

  @Test
  void whatIsOpenIsExtendedEndedAndRemoved() throws Exception {
    Pages team = new Pages("default");
    List<String> ends = Pages.commands(PAGE).get(1).lines().toList();
    Path lasting = Files.createTempFile(Path.of("target"), "lasting", ".yaml");
    Files.writeString(lasting, Pages.blocks(PAGE, "yaml").get(0));
    try (Cast cast = new Cast()) {
      cast.operatorStarts();
      team.run("admin", "kubectl apply -k examples/sandbox");
      team.run("requester", "kubectl apply -f " + REQUEST + " -f " + lasting);
      team.approve("acme-web-443");
      team.approve("acme-lasting");
      team.await("acme-web-443", State.IN_FORCE);
      team.await("acme-lasting", State.COMPLETED);
      team.run("requester", ends.get(0).replace("longer.yaml", "target/longer.yaml"));
      assertThat(team.run("requester", ends.get(1).replace("longer.yaml", "target/longer.yaml")))
          .contains("created");
      team.run("requester", "echo y | " + ends.get(2));
      team.await("acme-web-443", State.WITHDRAWN);
      assertThat(team.run("admin", RULES)).contains("tcp 8443").doesNotContain("tcp 443");
      team.run("requester", ends.get(3).replace("remove.yaml", "target/remove.yaml"));
      team.run("requester", ends.get(4).replace("remove.yaml", "target/remove.yaml"));
      assertThat(team.run("admin", RULES)).as("before it is approved").contains("tcp 8443");
      team.approve("acme-lasting-remove");
      team.await("acme-lasting", State.REMOVED);
      team.await("acme-lasting-remove", State.COMPLETED);
      assertThat(team.run("admin", RULES)).doesNotContain("tcp 8443");
      keepsEvidence(team);
      team.run("requester", "kubectl delete fcr --all");
    }
  }

  private static void keepsEvidence(Pages team) throws Exception {
    List<String> steps = Pages.commands(PAGE);
    String folder = "target/kept-" + ProcessHandle.current().pid();
    String weekly = steps.get(2).replace("evidence-of-the-week", folder + "-week");
    assertThat(team.run("admin", ours(weekly))).contains("genuine").doesNotContain("NOT GENUINE");
    String last = steps.get(3).replaceAll("(?<= )evidence$|(?<=--to )evidence", folder);
    // What other tests have left is live.
    String checked = last.replaceFirst("--check", "--check || [ \\$? = 4 ]");
    assertThat(team.run("admin", ours(checked))).contains("genuine").doesNotContain("NOT GENUINE");
  }

  /** Among what other tests have left there are records that they forged. */
  private static String ours(String script) {
    return script.replaceAll("(?m)(process verify \\S+)$", "$1/default_*");
  }
}
