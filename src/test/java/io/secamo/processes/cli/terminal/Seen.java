package io.secamo.processes.cli.terminal;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** Consoles on which it is nine o'clock. */
public final class Seen {
  /** Nine o'clock. */
  public static final Instant NINE = Instant.parse("2027-01-04T09:00:00Z");

  private Seen() {}

  /** With lines of so many columns; nobody reads what is said. */
  public static Console atNine(int columns) {
    return atNine(columns, new StringWriter(), new StringWriter());
  }

  /** With lines of so many columns that stay where they are. */
  public static Console atNine(int columns, StringWriter out, StringWriter err) {
    return at(new Lines(columns, false), out, err);
  }

  /** On a terminal, where lines are taken back. */
  public static Console terminalAtNine(int columns, StringWriter out) {
    return at(new Lines(columns, true), out, new StringWriter());
  }

  private static Console at(Screen screen, StringWriter out, StringWriter err) {
    return new Console(
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        new BufferedReader(new StringReader("")),
        false,
        Clock.fixed(NINE, ZoneOffset.UTC),
        screen);
  }

  private record Lines(int columns, boolean redraws) implements Screen {}
}
