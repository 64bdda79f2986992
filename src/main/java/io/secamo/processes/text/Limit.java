package io.secamo.processes.text;

/**
 * Bounds of texts in characters, as the API server counts them: code points, and not the two halves
 * that some of them have in Java. Half a character would be stored as a question mark, and what is
 * stored would differ from what is compared with it next time.
 */
public final class Limit {
  private static final String CUT = "…";

  private Limit() {}

  /** The text itself, or as much of it as fits before a sign that more was there. */
  public static String to(int most, String text) {
    return fits(most, text) ? text : first(most - 1, text) + CUT;
  }

  /** The text itself, or its first characters. */
  public static String first(int most, String text) {
    return fits(most, text) ? text : text.substring(0, text.offsetByCodePoints(0, most));
  }

  private static boolean fits(int most, String text) {
    return text.codePointCount(0, text.length()) <= most;
  }
}
