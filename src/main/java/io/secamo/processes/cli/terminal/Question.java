package io.secamo.processes.cli.terminal;

import io.secamo.processes.cli.cluster.Refusal;
import picocli.CommandLine.Option;

/** What a person is asked before something is written that cannot be taken back. */
public final class Question {
  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  /**
   * Asks, unless the person said yes before.
   *
   * @param where what is written to, for people
   * @throws Refusal if the answer is no
   */
  public void ask(Console console, String where, String question) {
    if (yes) {
      return;
    }
    console.say(where);
    if (!console.agrees(question)) {
      throw new Refusal("nothing was written");
    }
  }
}
