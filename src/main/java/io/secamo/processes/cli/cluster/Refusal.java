package io.secamo.processes.cli.cluster;

import java.util.List;

/** The end of a command, in one sentence that says how to go on. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> commands;
  private final boolean misuse;

  /** With the sentence. */
  public Refusal(String sentence) {
    this(sentence, List.of());
  }

  /** With the sentence, and commands that go on, each to be copied. */
  public Refusal(String sentence, List<String> commands) {
    this(sentence, commands, false);
  }

  private Refusal(String sentence, List<String> commands, boolean misuse) {
    super(sentence, null, false, false);
    this.commands = List.copyOf(commands);
    this.misuse = misuse;
  }

  /** Of a command that is written wrongly: it would end so in every cluster. */
  public static Refusal misuse(String sentence) {
    return new Refusal(sentence, List.of(), true);
  }

  /** Whether the command was written wrongly. */
  public boolean isMisuse() {
    return misuse;
  }

  /** The commands; none if the sentence says it all. */
  public List<String> commands() {
    return commands;
  }
}
