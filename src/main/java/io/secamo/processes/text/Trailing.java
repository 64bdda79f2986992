package io.secamo.processes.text;

/**
 * What stands at the end of a text too often. Not by a regular expression: one that is tried from
 * each character on needs hours for a text of nearly nothing but such characters, and outside
 * systems choose the text.
 */
public final class Trailing {
  private Trailing() {}

  /** The text without those of the characters that stand at its end. */
  public static String cut(String characters, String text) {
    int end = text.length();
    while (end > 0 && characters.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.substring(0, end);
  }
}
