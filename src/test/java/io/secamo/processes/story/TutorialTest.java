package io.secamo.processes.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.State;
import io.secamo.processes.controlplane.ControlPlane;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import io.secamo.processes.systems.Script.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The commands of the tutorial and of the page on approving do what the pages say. */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class TutorialTest {
  private static final String NAMESPACE = "default";

  @Test
  void theTutorialWorksAsWritten() throws Exception {
    List<String> steps = commands("docs/tutorial/first-change.md");
    assertThat(steps).hasSize(5);
    try (Cast cast = new Cast()) {
      cast.operatorStarts();
      run("admin", steps.get(0));
      assertThat(run("requester", steps.get(1))).contains("acme-web-443");
      await(State.AWAITING_APPROVAL);
      String read = run("requester", steps.get(2));
      String digest = read.substring(read.length() - 16);
      assertThat(run("approver", steps.get(3).replace("<digest>", digest))).contains("annotated");
      String end = steps.get(4);
      assertThat(end).contains("=Expired --timeout=3m");
      assertThat(run("admin", end.replace("=Expired --timeout=3m", "=InForce --timeout=60s")))
          .contains("condition met");
      run("requester", "kubectl delete fcr acme-web-443");
    }
  }

  @Test
  void approvingWorksAsWritten() throws Exception {
    List<String> steps = commands("docs/how-to/approve.md");
    assertThat(steps).hasSize(11);
    List<String> holds = steps.get(3).replace("<your user name>", "approver").lines().toList();
    List<String> wishes = steps.get(2).lines().toList();
    for (String vote :
        List.of(steps.get(1).lines().skip(2).findFirst().orElseThrow(), steps.get(5))) {
      try (Cast cast = new Cast()) {
        cast.operatorStarts();
        run("admin", "kubectl apply -k examples/sandbox");
        run("requester", "kubectl apply -f examples/sandbox/request.yaml");
        await(State.AWAITING_APPROVAL);
        run("requester", wishes.get(0));
        await(State.SUSPENDED);
        run("approver", holds.get(0));
        run("approver", holds.get(1));
        await(State.AWAITING_APPROVAL);
        run("requester", wishes.get(0));
        run("requester", "echo y | " + wishes.get(1));
        await(State.AWAITING_APPROVAL);
        String read =
            run("requester", "kubectl get fcr acme-web-443 -o jsonpath='{.status.plan.digest}'");
        run("approver", vote.replace("<digest>", read).replace("<your user name>", "approver"));
        await(State.IN_FORCE);
        run("requester", "echo y | " + wishes.get(2));
        await(State.WITHDRAWN);
        run("requester", "kubectl delete fcr acme-web-443");
        String kept =
            steps
                .get(10)
                .replace("team-a", NAMESPACE)
                .replaceAll("\\bevidence\\b", "target/evidence-of-" + NAMESPACE);
        assertThat(run("admin", kept)).contains("genuine").doesNotContain("NOT GENUINE");
      }
    }
  }

  @Test
  void approvingWithThePluginWorksAsWritten() throws Exception {
    List<String> steps = commands("docs/how-to/approve.md");
    try (Cast cast = new Cast()) {
      cast.operatorStarts();
      run("admin", "kubectl apply -k examples/sandbox");
      run("requester", "kubectl apply -f examples/sandbox/request.yaml");
      await(State.AWAITING_APPROVAL);
      List<String> lines = steps.get(0).lines().toList();
      assertThat(run("approver", lines.get(0))).contains("acme-web-443", "security 0/1");
      assertThat(run("approver", lines.get(1))).contains("+ Ingress tcp 443");
      run("approver", "echo y | " + lines.get(2));
      await(State.IN_FORCE);
      assertThat(run("admin", steps.get(8).replace("evidence.json", "target/evidence.json")))
          .contains("genuine: ");
      run("requester", "kubectl delete fcr acme-web-443");
    }
  }

  private static void await(State state) {
    run(
        "requester",
        "kubectl wait fcr/acme-web-443 --for=jsonpath='{.status.state}'="
            + state.word()
            + " --timeout=60s");
  }

  private static String run(String person, String script) {
    Result result = ControlPlane.running().shell(person, NAMESPACE, script);
    assertThat(result.exit()).as(script + "\n" + result.text()).isZero();
    return result.out();
  }

  private static List<String> commands(String page) throws IOException {
    Matcher block =
        Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of(page)));
    List<String> commands = new ArrayList<>();
    while (block.find()) {
      commands.add(block.group(1).stripIndent().strip());
    }
    return commands;
  }
}
