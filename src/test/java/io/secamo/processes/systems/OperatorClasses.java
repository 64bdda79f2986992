package io.secamo.processes.systems;

import java.nio.file.Path;

/** The class path of an operator that a test starts as a program of its own. */
public final class OperatorClasses {
  /** What stands before the classes of the program: those that were broken on purpose. */
  private static final String FIRST = System.getProperty("operator.first", "");

  private OperatorClasses() {}

  /**
   * Without broken classes before it, a test would find nothing in what is broken.
   *
   * @param program folder of a built project
   */
  public static String of(Path program) {
    return FIRST + program.resolve("target/classes") + ":" + program + "/target/lib/*";
  }
}
