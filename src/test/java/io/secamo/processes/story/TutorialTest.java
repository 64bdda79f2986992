package io.secamo.processes.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.State;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The commands of the tutorial and of the page on approving do what the pages say. */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class TutorialTest {
  private static final String NAMESPACE = "default";
  private static final Pages PAGES = new Pages(NAMESPACE);
  private static final Pattern PERSON = Pattern.compile("kubeconfig-([a-z-]+)");
  private static final Pattern PLAN = Pattern.compile("^Plan ([0-9a-f]{16})", Pattern.MULTILINE);

  /** Each block is typed by the person that it says, and nobody else. */
  @Test
  void theTutorialWorksAsWritten() throws Exception {
    List<String> steps = Pages.commands("docs/tutorial/first-change.md");
    assertThat(steps).hasSize(6);
    try (Cast cast = new Cast()) {
      cast.operatorStarts();
      String person = "";
      String plan = "";
      for (String step : steps.subList(0, 5)) {
        Matcher named = PERSON.matcher(step);
        person = named.find() ? named.group(1) : person;
        String printed = PAGES.run(person, step.replace("<plan>", plan));
        Matcher first = PLAN.matcher(printed);
        plan = first.find() ? first.group(1) : plan;
        if (step.contains("configmaps")) {
          assertThat(printed).contains("Ingress tcp 443 from 203.0.113.0/24");
        }
      }
      assertThat(person + " " + plan).matches("admin [0-9a-f]{16}");
      assertThat(steps.get(5)).contains("kubeconfig-requester", "=Expired", "--timeout=3m");
      String end = steps.get(5).replace("=Expired", "=InForce");
      assertThat(PAGES.run("requester", end)).contains("condition met", "acme-web-443");
      PAGES.run("requester", "kubectl delete fcr acme-web-443");
    }
  }

  @Test
  void approvingWorksAsWritten() throws Exception {
    List<String> steps = Pages.commands("docs/how-to/approve.md");
    assertThat(steps).hasSize(11);
    List<String> holds = steps.get(3).replace("<your user name>", "approver").lines().toList();
    List<String> wishes = steps.get(2).lines().toList();
    for (String vote :
        List.of(steps.get(1).lines().skip(2).findFirst().orElseThrow(), steps.get(5))) {
      try (Cast cast = new Cast()) {
        cast.operatorStarts();
        PAGES.run("admin", "kubectl apply -k examples/sandbox");
        PAGES.run("requester", "kubectl apply -f examples/sandbox/request.yaml");
        PAGES.await("acme-web-443", State.AWAITING_APPROVAL);
        PAGES.run("requester", wishes.get(0));
        PAGES.await("acme-web-443", State.SUSPENDED);
        PAGES.run("approver", holds.get(0));
        PAGES.run("approver", holds.get(1));
        PAGES.await("acme-web-443", State.AWAITING_APPROVAL);
        PAGES.run("requester", wishes.get(0));
        PAGES.run("requester", "echo y | " + wishes.get(1));
        PAGES.await("acme-web-443", State.AWAITING_APPROVAL);
        String read =
            PAGES.run(
                "requester", "kubectl get fcr acme-web-443 -o jsonpath='{.status.plan.digest}'");
        PAGES.run(
            "approver", vote.replace("<digest>", read).replace("<your user name>", "approver"));
        PAGES.await("acme-web-443", State.IN_FORCE);
        PAGES.run("requester", "echo y | " + wishes.get(2));
        PAGES.await("acme-web-443", State.WITHDRAWN);
        PAGES.run("requester", "kubectl delete fcr acme-web-443");
        String kept =
            steps
                .get(10)
                .replace("team-a", NAMESPACE)
                .replaceAll("\\bevidence\\b", "target/evidence-of-" + NAMESPACE);
        assertThat(PAGES.run("admin", kept)).contains("genuine").doesNotContain("NOT GENUINE");
      }
    }
  }

  @Test
  void approvingWithThePluginWorksAsWritten() throws Exception {
    List<String> steps = Pages.commands("docs/how-to/approve.md");
    try (Cast cast = new Cast()) {
      cast.operatorStarts();
      PAGES.run("admin", "kubectl apply -k examples/sandbox");
      PAGES.run("requester", "kubectl apply -f examples/sandbox/request.yaml");
      PAGES.await("acme-web-443", State.AWAITING_APPROVAL);
      List<String> lines = steps.get(0).lines().toList();
      assertThat(PAGES.run("approver", lines.get(0))).contains("acme-web-443", "security 0/1");
      assertThat(PAGES.run("approver", lines.get(1))).contains("+ Ingress tcp 443");
      PAGES.run("approver", "echo y | " + lines.get(2));
      PAGES.await("acme-web-443", State.IN_FORCE);
      assertThat(PAGES.run("admin", steps.get(8).replace("evidence.json", "target/evidence.json")))
          .contains("genuine: ");
      PAGES.run("requester", "kubectl delete fcr acme-web-443");
    }
  }
}
