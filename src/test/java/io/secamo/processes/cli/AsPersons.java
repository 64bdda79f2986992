package io.secamo.processes.cli;

import io.secamo.processes.cli.terminal.Console;
import io.secamo.processes.controlplane.OneRequest;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Runs commands with persons' own credentials. */
abstract class AsPersons extends OneRequest {
  record Ran(int exit, String out, String err) {}

  AsPersons(String prefix) {
    super(prefix);
  }

  static Ran run(String person, String input, String... command) {
    return run(Clock.systemUTC(), person, input, command);
  }

  static Ran run(Clock clock, String person, String input, String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--kubeconfig", cluster.kubeconfig(person).toString()));
    if (!all.contains("-A") && !all.contains("-n") && !all.contains("uninstall")) {
      all.addAll(List.of("-n", "team-a"));
    }
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console =
        new Console(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            new BufferedReader(new StringReader(input)),
            false,
            clock);
    int exit = KubectlProcess.run(console, all.toArray(String[]::new));
    return new Ran(exit, out.toString(), err.toString());
  }
}
