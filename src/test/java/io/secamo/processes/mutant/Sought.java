package io.secamo.processes.mutant;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which of the calls or reads in a method a mutant means: {@code equals}, {@code Objects.equals},
 * {@code equals on revision} (on what a call or field of that name gave), {@code equals 1 of 3} in
 * the order of the source, {@code equals all}. Without a number there must be exactly one.
 */
record Sought(String owner, String name, String on, int number, int count, boolean all) {
  /** As part of a larger expression; it has one group. */
  static final String FORM = "((?:\\w+\\.)*\\w+(?: on \\w+)?(?: \\d+ of \\d+| all)?)";

  private static final Pattern PARTS =
      Pattern.compile("(?:([\\w.]+)\\.)?(\\w+)(?: on (\\w+))?(?:(?: (\\d+) of (\\d+))|( all))?");

  static Sought of(String text) {
    Matcher parts = PARTS.matcher(text);
    if (!parts.matches()) {
      throw new OutOfDate("'" + text + "' names no call");
    }
    boolean numbered = parts.group(4) != null;
    return new Sought(
        parts.group(1),
        parts.group(2),
        parts.group(3),
        numbered ? Integer.parseInt(parts.group(4)) : 1,
        numbered ? Integer.parseInt(parts.group(5)) : 1,
        parts.group(6) != null);
  }

  /** Whether a spot has this name and works on what this says. */
  boolean matches(Spot spot, Body body) {
    return spot.name().equals(name)
        && (owner == null || Program.means(owner, spot.owner()))
        && (on == null || body.firstInputComesFrom(spot, on));
  }

  /**
   * Those meant, if they are there as often as this says.
   *
   * @param what is done there, for the message
   * @param fitting all that match
   * @param others all that the method has of the kind
   */
  List<Spot> pick(String what, Body body, List<Spot> fitting, List<Spot> others) {
    if (all && !fitting.isEmpty()) {
      return fitting;
    }
    if (!all && fitting.size() == count && number >= 1 && number <= count) {
      return List.of(fitting.get(number - 1));
    }
    String lines = fitting.stream().map(s -> "" + s.line()).collect(Collectors.joining(", "));
    String there = others.stream().map(Spot::toString).distinct().collect(Collectors.joining(", "));
    throw new OutOfDate(
        body
            + " "
            + what
            + " "
            + (owner == null ? "" : owner + ".")
            + name
            + (on == null ? "" : " on " + on)
            + " "
            + times(fitting.size())
            + (lines.isEmpty() ? "" : " (line " + lines + ")")
            + " and not "
            + (all ? "at all" : times(count))
            + "; it "
            + what
            + " "
            + (there.isEmpty() ? "nothing" : there));
  }

  private static String times(int count) {
    return count == 1 ? "once" : count + " times";
  }
}
