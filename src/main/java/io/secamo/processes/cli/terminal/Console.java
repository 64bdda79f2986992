package io.secamo.processes.cli.terminal;

import io.secamo.processes.text.Plain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;

/**
 * Where a person reads and answers.
 *
 * @param coloured whether the output may carry colours: a terminal, and NO_COLOR not set
 * @param screen how much of a line can be seen at once
 */
public record Console(
    PrintWriter out,
    PrintWriter err,
    BufferedReader in,
    boolean coloured,
    Clock clock,
    Screen screen) {
  private static final String GREEN = "[32m";
  private static final String RED = "[31m";
  private static final String DIM = "[2m";
  private static final String NONE = "[0m";

  /** No terminal is narrower than this. */
  private static final int NARROW = 40;

  /** Where lines may be as long as they are. */
  public Console(
      PrintWriter out, PrintWriter err, BufferedReader in, boolean coloured, Clock clock) {
    this(out, err, in, coloured, clock, Screen.NONE);
  }

  /** Says one line, in which what people wrote is seen as it is, and as a part of that line. */
  public void say(String line) {
    folded(line).forEach(row -> out.println(row.replace(Folded.ESCAPE, "\u001b")));
    out.flush();
  }

  /** Says a row of a table, whose columns stand below each other however wide the screen is. */
  public void row(String line) {
    out.println(Plain.shown(line).replace(Folded.ESCAPE, "\u001b"));
    out.flush();
  }

  private List<String> folded(String line) {
    String shown = Plain.shown(line);
    // Whoever asks a terminal for its size starts a program: most lines need not know it.
    return Table.width(shown) <= NARROW ? List.of(shown) : Folded.rows(shown, screen.columns());
  }

  /** Says something to be read by a program, with the lines that it has. */
  public void write(String text) {
    out.println(text);
    out.flush();
  }

  /** Says one line beside the output. */
  public void warn(String line) {
    folded(line).forEach(row -> err.println(row.replace(Folded.ESCAPE, "\u001b")));
    err.flush();
  }

  private static String shown(String line) {
    return Folded.unpadded(Plain.shown(line)).replace(Folded.ESCAPE, "\u001b");
  }

  /** What is added. */
  public String good(String text) {
    return in(GREEN, text);
  }

  /** A risk. */
  public String bad(String text) {
    return in(RED, text);
  }

  /** What goes without saying. */
  public String faint(String text) {
    return in(DIM, text);
  }

  private String in(String colour, String text) {
    return coloured ? Folded.ESCAPE + colour + text + Folded.ESCAPE + NONE : text;
  }

  /** Takes lines off the screen that were said last, however many rows they were broken into. */
  void takeBack(List<String> lines) {
    int columns = screen.columns();
    long rows =
        lines.stream()
            .flatMap(line -> folded(line).stream())
            .mapToLong(row -> rows(row, columns))
            .sum();
    if (rows > 0) {
      out.print("\u001b[" + rows + "F\u001b[J");
      out.flush();
    }
  }

  private static long rows(String line, int columns) {
    return Math.max(1, Math.ceilDiv(Table.width(line), columns));
  }

  /** Asks; anything but y or yes is a no, also the end of the input. */
  public boolean agrees(String question) {
    out.print(shown(question) + " [y/N] ");
    out.flush();
    try {
      String answer = in.readLine();
      if (answer == null) {
        say("");
        warn("Nobody answers here: give the answer beforehand, see --yes in --help");
        return false;
      }
      return answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
