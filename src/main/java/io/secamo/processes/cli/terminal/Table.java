package io.secamo.processes.cli.terminal;

import io.secamo.processes.text.Plain;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows under a head, as wide as the screen: what does not fit is cut, and ends with a sign that
 * more was there. Names and times are never cut, even if a row runs over: a part of a name is no
 * name.
 */
public final class Table {
  private static final String GAP = "  ";
  private static final String CUT = "…";

  /**
   * A column.
   *
   * @param least what is left of it at least when it is cut; it is never cut if that is 0
   */
  public record Column(String head, int least) {
    /** One that is never cut. */
    public static Column whole(String head) {
      return new Column(head, 0);
    }
  }

  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();

  /** With nothing but a head. */
  public Table(List<Column> columns) {
    this.columns = List.copyOf(columns);
    rows.add(columns.stream().map(Column::head).toList());
  }

  /** Adds a row, of which each cell is one line. */
  public void add(List<String> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(columns.size() + " columns, not " + cells.size());
    }
    rows.add(cells.stream().map(Plain::shown).toList());
  }

  /** The lines, the last columns of which are cut first. */
  public List<String> lines(int wide) {
    int[] widths =
        IntStream.range(0, columns.size())
            .map(i -> rows.stream().mapToInt(row -> width(row.get(i))).max().orElse(0))
            .toArray();
    int over = IntStream.of(widths).sum() + GAP.length() * (widths.length - 1) - wide;
    for (int i = widths.length - 1; i >= 0 && over > 0; i--) {
      int least = columns.get(i).least();
      int less = least == 0 ? 0 : Math.clamp(widths[i] - least, 0, over);
      widths[i] -= less;
      over -= less;
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = fitted(row.get(i), widths[i]);
      line.append(i == 0 ? "" : GAP).append(cell).append(" ".repeat(widths[i] - width(cell)));
    }
    return line.toString().stripTrailing();
  }

  private static String fitted(String cell, int most) {
    if (width(cell) <= most) {
      return cell;
    }
    StringBuilder kept = new StringBuilder();
    int left = most - CUT.length();
    for (int character : cell.codePoints().toArray()) {
      left -= width(character);
      if (left < 0) {
        break;
      }
      kept.appendCodePoint(character);
    }
    return kept + CUT;
  }

  /** How many columns it takes. */
  static int width(String text) {
    return text.codePoints().map(Table::width).sum();
  }

  /** Terminals show these in two columns; what they join to one sign may take less. */
  private static int width(int character) {
    boolean emoji = character >= 0x1F300 && character <= 0x1FAFF;
    return switch (Character.UnicodeScript.of(character)) {
      case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO -> 2;
      default -> emoji || (character >= 0xFF01 && character <= 0xFF60) ? 2 : 1;
    };
  }
}
