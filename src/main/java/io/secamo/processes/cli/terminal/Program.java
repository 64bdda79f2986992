package io.secamo.processes.cli.terminal;

/** The program that a command belongs to. */
public interface Program {
  /** The exit code of what did not happen in time, as timeout(1) has it. */
  int TIMED_OUT = 124;

  /** Where the person reads and answers. */
  Console console();
}
