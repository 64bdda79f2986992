package io.secamo.processes.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.State;
import io.secamo.processes.controlplane.ControlPlane;
import io.secamo.processes.systems.Script.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What pages say that people type, and these people typing it in one namespace. */
record Pages(String namespace) {
  /** The commands of a page, one text for each block. */
  static List<String> commands(String page) throws IOException {
    return blocks(page, "sh");
  }

  static List<String> blocks(String page, String language) throws IOException {
    return Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
        .matcher(Files.readString(Path.of(page)))
        .results()
        .map(block -> block.group(1).stripIndent().strip())
        .toList();
  }

  String run(String person, String script) {
    Result result = ControlPlane.running().shell(person, namespace, script);
    assertThat(result.exit()).as(script + "\n" + result.text()).isZero();
    return result.out();
  }

  /** Waits until a request is in a state. */
  void await(String name, State state) {
    run(
        "requester",
        "kubectl wait fcr/%s --for=jsonpath='{.status.state}'=%s --timeout=60s"
            .formatted(name, state.word()));
  }

  /** Opens the only gate of a plan, as soon as there is one. */
  void approve(String name) {
    await(name, State.AWAITING_APPROVAL);
    run(
        "approver",
        "kubectl annotate fcr %1$s processes.secamo.io/approve=\"$(kubectl get fcr %1$s"
                .formatted(name)
            + " -o jsonpath='{.status.plan.digest}') looks fine\"");
  }
}
