package io.secamo.processes.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Locale;

/**
 * Where a person reads and answers.
 *
 * @param coloured whether the output may carry colours: a terminal, and NO_COLOR not set
 */
record Console(PrintWriter out, PrintWriter err, BufferedReader in, boolean coloured, Clock clock) {
  private static final String GREEN = "\u001b[32m";
  private static final String RED = "\u001b[31m";
  private static final String DIM = "\u001b[2m";
  private static final String PLAIN = "\u001b[0m";

  void say(String line) {
    out.println(line);
    out.flush();
  }

  void warn(String line) {
    err.println(line);
    err.flush();
  }

  String good(String text) {
    return coloured ? GREEN + text + PLAIN : text;
  }

  String bad(String text) {
    return coloured ? RED + text + PLAIN : text;
  }

  String faint(String text) {
    return coloured ? DIM + text + PLAIN : text;
  }

  /** Asks; anything but y or yes is a no, also the end of the input. */
  boolean agrees(String question) {
    out.print(question + " [y/N] ");
    out.flush();
    try {
      String answer = in.readLine();
      return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
