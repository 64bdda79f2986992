package io.secamo.processes.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line that is longer than the terminal is wide. The terminal would break it inside a word and go
 * on in the first column, where a text that somebody padded to the width reads like a line of ours:
 * so it is folded between words, and goes on below itself. A command stays in one line: it is there
 * to be copied.
 */
final class Folded {
  private static final Pattern LABELLED = Pattern.compile("^( *\\S+(?: \\S+)* {2,})(\\S.*)$");

  /** Stands for the escape of a colour: who writes texts cannot know it, so colours are ours. */
  static final String ESCAPE = "{" + UUID.randomUUID() + "}";

  private static final Pattern COLOUR = Pattern.compile(Pattern.quote(ESCAPE) + "\\[\\d+m");
  private static final Pattern INDENTED = Pattern.compile("^((?:" + COLOUR + ")? *)(.*)$");
  private static final Pattern COMMAND = Pattern.compile("^ *kubectl .*$");
  private static final Pattern BLANKS = Pattern.compile("[\\p{Zs}\\x{2800}]+");
  private static final String FURTHER = "    ";

  /** In less than this nobody reads a text. */
  private static final int LEAST = 20;

  private Folded() {}

  /**
   * The rows of a line.
   *
   * @param columns as wide as they may be
   */
  static List<String> rows(String line, int columns) {
    Matcher labelled = LABELLED.matcher(line);
    if (width(line) <= columns) {
      return List.of(line);
    }
    if (COMMAND.matcher(line).matches()) {
      return List.of(unpadded(line));
    }
    String label = labelled.matches() ? labelled.group(1) : "";
    int room = columns - width(label);
    if (COLOUR.matcher(label).replaceAll("").isBlank() || room < LEAST) {
      return indented(line, columns);
    }
    return below(label, " ".repeat(width(label)), texts(labelled.group(2), room));
  }

  private static List<String> indented(String line, int columns) {
    Matcher indented = INDENTED.matcher(line);
    String lead = indented.matches() ? indented.group(1) : "";
    String next = " ".repeat(width(lead)) + FURTHER;
    return columns - width(next) < LEAST
        ? List.of(unpadded(line))
        : below(lead, next, texts(line.substring(lead.length()), columns - width(next)));
  }

  private static List<String> below(String first, String next, List<String> texts) {
    List<String> rows = new ArrayList<>();
    texts.forEach(text -> rows.add((rows.isEmpty() ? first : next) + text));
    return rows;
  }

  /** How many columns it takes: a colour takes none. */
  private static int width(String text) {
    return Table.width(COLOUR.matcher(text).replaceAll(""));
  }

  /** A line with one blank for each run of them, but for those that it begins with. */
  static String unpadded(String line) {
    Matcher indented = INDENTED.matcher(line);
    return indented.matches()
        ? indented.group(1) + BLANKS.matcher(indented.group(2)).replaceAll(" ")
        : line;
  }

  private static List<String> texts(String text, int room) {
    List<String> rows = new ArrayList<>();
    StringBuilder row = new StringBuilder();
    for (String word : BLANKS.splitAsStream(text).toList()) {
      if (!row.isEmpty() && width(row + " " + word) > room) {
        rows.add(row.toString());
        row.setLength(0);
      }
      row.append(row.isEmpty() ? "" : " ");
      if (width(word) < room) {
        row.append(word);
        continue;
      }
      for (int character : word.codePoints().toArray()) {
        if (width(row.toString()) + 2 > room) {
          rows.add(row.toString());
          row.setLength(0);
        }
        row.appendCodePoint(character);
      }
    }
    rows.add(row.toString());
    return rows;
  }
}
