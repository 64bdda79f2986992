package io.secamo.processes.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line behind whose label somebody wrote a text. A terminal would go on with it in the first
 * column, where a text that is padded to the width reads like a line of ours: so it is folded, and
 * goes on below itself.
 */
final class Folded {
  private static final Pattern LABELLED = Pattern.compile("^( *\\S+(?: \\S+)* {2,})(\\S.*)$");
  private static final Pattern INDENTED = Pattern.compile("^((?:\\{[^}]*}\\[\\d+m)? *)(.*)$");
  private static final Pattern BLANKS = Pattern.compile("[\\p{Zs}\\x{2800}]+");

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
    if (Table.width(line) <= columns) {
      return List.of(line);
    }
    String label = labelled.matches() ? labelled.group(1) : "";
    int room = columns - Table.width(label);
    if (label.isEmpty() || room < LEAST) {
      return List.of(unpadded(line));
    }
    List<String> rows = new ArrayList<>();
    for (String row : texts(labelled.group(2), room)) {
      rows.add((rows.isEmpty() ? label : " ".repeat(Table.width(label))) + row);
    }
    return rows;
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
      if (!row.isEmpty() && Table.width(row + " " + word) > room) {
        rows.add(row.toString());
        row.setLength(0);
      }
      row.append(row.isEmpty() ? "" : " ");
      for (int character : word.codePoints().toArray()) {
        if (Table.width(row.toString()) + 2 > room) {
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
