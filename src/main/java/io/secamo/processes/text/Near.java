package io.secamo.processes.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Which of the names that there are somebody may have meant who wrote another one. */
public final class Near {
  private static final int MOST = 5;

  private Near() {}

  /**
   * What there is, as a part of a sentence: the names that are most like the one that was written
   * come first, and no more than people read. Example: {@code it has: web, default}.
   */
  public static String told(String owner, String written, Collection<String> there) {
    if (there.isEmpty()) {
      return owner + " has none";
    }
    List<String> names = to(written, there);
    String more = there.size() > names.size() ? ", \u2026" : "";
    return owner + " has: " + String.join(", ", names) + more;
  }

  /** The five names that are most like the one that was written, the most similar one first. */
  public static List<String> to(String written, Collection<String> there) {
    return there.stream()
        .sorted(
            Comparator.comparingInt((String name) -> changes(plain(written), plain(name)))
                .thenComparing(Comparator.naturalOrder()))
        .limit(MOST)
        .toList();
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** How many letters are to be added, taken away, replaced or swapped with the next one. */
  private static int changes(String from, String to) {
    List<int[]> rows = new ArrayList<>();
    for (int i = 0; i <= from.length(); i++) {
      int[] row = new int[to.length() + 1];
      for (int j = 0; j <= to.length(); j++) {
        row[j] = i == 0 ? j : j == 0 ? i : least(rows, row, from, to, i, j);
      }
      rows.add(row);
    }
    return rows.get(from.length())[to.length()];
  }

  private static int least(List<int[]> rows, int[] row, String from, String to, int i, int j) {
    int replaced = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
    int least =
        Math.min(Math.min(rows.get(i - 1)[j], row[j - 1]) + 1, rows.get(i - 1)[j - 1] + replaced);
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(least, rows.get(i - 2)[j - 2] + 1) : least;
  }
}
