package io.secamo.processes.cli.terminal;

/** The program that a command belongs to. */
public interface Program {
  /** Where the person reads and answers. */
  Console console();
}
