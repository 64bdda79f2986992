package io.secamo.processes.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secamo.processes.controlplane.ControlPlane;
import io.secamo.processes.docs.Message;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.Patience;
import io.secamo.processes.systems.RealSystem;
import io.secamo.processes.systems.Script.Result;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the API server takes and cannot be done is told where people look, in the page's words. */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class ToldTest {
  private static final Cast CAST = new Cast();

  @BeforeAll
  static void begin() {
    CAST.operatorStarts();
    // Others have left some, and what there is is told.
    run("admin", "kubectl delete connection --all");
    run("admin", "kubectl apply -f examples/real/access.yaml");
  }

  @AfterAll
  static void end() throws Exception {
    run("admin", "kubectl delete -f examples/real/access.yaml");
    CAST.close();
  }

  @BeforeEach
  void set() {
    run("admin", "kubectl apply -k examples/sandbox");
  }

  /** Other stories play in the same namespace. */
  @AfterEach
  void cleanUp() {
    run("requester", "kubectl delete fcr acme-web-443 --ignore-not-found");
    run(
        "admin",
        """
        kubectl delete changewindow evenings --ignore-not-found
        kubectl delete connection cloud --ignore-not-found
        kubectl delete secret cloud-account cloud-acount --ignore-not-found
        kubectl apply -k examples/sandbox
        """);
  }

  static Stream<Message> told() {
    return Message.all().stream().filter(Message::isToldLater);
  }

  @ParameterizedTest
  @MethodSource("told")
  void whoLooksReadsWhatToDo(Message mistake) {
    if (mistake.changesAFile()) {
      must(CAST.asWith(mistake.person(), mistake.yaml(), "apply", "-f", "-"));
    } else {
      run(mistake.person(), mistake.text("type"));
    }
    if (mistake.text("ask").startsWith("fcr") && !mistake.file().equals(Message.REQUEST)) {
      run("requester", "kubectl apply -f " + Message.REQUEST);
    }
    await(mistake.toString())
        .atMost(Patience.LIMIT)
        .untilAsserted(
            () -> assertThat(answer(mistake.text("ask"))).isEqualTo(mistake.says().get(0)));
  }

  private static String answer(String asked) {
    String path = asked.startsWith("fcr") ? "{.status.message}" : "{.status.conditions[0].message}";
    return run("admin", "kubectl get " + asked + " -o jsonpath='" + path + "'");
  }

  private static String run(String person, String script) {
    Result result = ControlPlane.running().shell(person, Cast.NAMESPACE, script);
    must(result);
    return result.out();
  }

  private static void must(Result result) {
    assertThat(result.exit()).as(result.text()).isZero();
  }
}
