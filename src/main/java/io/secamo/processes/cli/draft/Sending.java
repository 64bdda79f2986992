package io.secamo.processes.cli.draft;

import io.secamo.processes.cli.cluster.Cluster;
import io.secamo.processes.cli.cluster.Refusal;
import io.secamo.processes.cli.terminal.Console;
import io.secamo.processes.cli.terminal.Output;

/** What becomes of a request that was written for somebody. */
final class Sending {
  private Sending() {}

  /** Writes it as YAML. */
  static void write(Object request, Console console, Cluster cluster) {
    String yaml = cluster.text(request, true);
    console.write(Output.safe(yaml, true, () -> cluster.text(request, false)).stripTrailing());
  }

  /** Says how it is submitted, or that this person may not. */
  static void tell(Console console, Cluster cluster) {
    console.warn("To send it: put | kubectl apply -f - behind this command, or apply its file.");
    if (!maySubmit(cluster)) {
      console.warn(
          "You may not submit requests in namespace "
              + cluster.namespace()
              + ": whoever may has to run this.");
    }
  }

  /** Who cannot be told apart may: the API server says it in the end. */
  private static boolean maySubmit(Cluster cluster) {
    try {
      return cluster.permissions().submit(cluster.namespace());
    } catch (Refusal cannotTell) {
      return true;
    }
  }
}
