package io.secamo.processes.text;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What people's texts may hold, at every door: one line in which whoever reads it sees all there
 * is. No control characters, none that turn text around, and none that nobody sees, but for those
 * that Persian, Hindi or an emoji is written with: a joiner between two letters or emoji, and a
 * mark of style behind a character. Written so that RE2, as in CEL, reads it as Java does.
 */
public final class Plain {
  /**
   * Characters that nobody sees, beside those of category Cf (Unicode Standard, 5.21: default
   * ignorable code points).
   */
  public static final String IGNORED =
      "\\x{34F}\\x{115F}\\x{1160}\\x{17B4}\\x{17B5}\\x{180B}-\\x{180F}\\x{3164}"
          + "\\x{FE00}-\\x{FE0F}\\x{FFA0}\\x{E0000}-\\x{E0FFF}";

  /** White space, U+2800 (a Braille cell without a dot), and what nobody sees. */
  private static final String UNSEEN = "\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Z}\\x{2800}" + IGNORED;

  private static final String BLANK = "[\\p{Zs}\\x{2800}]";
  private static final String PUNCTUATION = "\\p{P}";
  private static final String LETTER = "[^\\p{P}" + UNSEEN + "]";
  private static final String JOINER = "[\\x{200C}\\x{200D}]";
  private static final String STYLE =
      "[\\x{180B}-\\x{180D}\\x{FE00}-\\x{FE0F}\\x{E0100}-\\x{E01EF}]";

  /** A text: one line, not blank. */
  public static final String LINE =
      "^"
          + (BLANK + "*(?:(?:" + PUNCTUATION + STYLE + "?")
          + ("|" + LETTER + STYLE + "?(?:" + JOINER + LETTER + STYLE + "?)*)")
          + (BLANK + "*)+$");

  /** A name: no white space, and nothing that nobody sees. */
  public static final String NAME = "^[^" + UNSEEN + "]+$";

  /** What people read who wrote something else. */
  public static final String MESSAGE = "write one line of plain text, without hidden characters";

  /** A part of a line, or one character that is none. The loops never go back, nor deeper. */
  private static final Pattern PART =
      Pattern.compile(
          (BLANK + "|" + PUNCTUATION + STYLE + "?+")
              + ("|" + LETTER + STYLE + "?+(?:" + JOINER + LETTER + STYLE + "?+)*+")
              + "|(?<odd>.)",
          Pattern.DOTALL);

  private static final Pattern SEEN = Pattern.compile("[^" + UNSEEN + "]");
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}\\x{85}]");
  private static final String STRUCK_OUT = "\ufffd";

  private Plain() {}

  /** Why a text is not plain, to be said behind its name; empty if it is. */
  public static Optional<String> problem(String text) {
    if (!SEEN.matcher(text).find()) {
      return Optional.of("is blank");
    }
    return shown(text).equals(text) ? Optional.empty() : Optional.of("holds hidden characters");
  }

  /** The text as one line to be shown: what is not plain in it is seen to be there. */
  public static String shown(String text) {
    return parts(text, odd -> SPACE.matcher(odd).matches() ? " " : STRUCK_OUT);
  }

  /** The same of each line. */
  public static String shownLines(String text) {
    return text.lines().map(Plain::shown).collect(Collectors.joining("\n"))
        + (text.endsWith("\n") ? "\n" : "");
  }

  /** The text without what is not plain in it; line breaks and tabs stay. */
  public static String without(String text) {
    return parts(text, odd -> "\n\t".contains(odd) ? odd : otherSpace(odd));
  }

  private static String otherSpace(String odd) {
    return Pattern.matches("[\\p{Zl}\\p{Zp}]", odd) ? " " : "";
  }

  /**
   * Data in which what is not plain is escaped as in JSON; line breaks stay.
   *
   * @param large the form of an escape above U+FFFF; empty: as two halves, as JSON has it
   */
  public static String escaped(String json, String large) {
    return parts(json, odd -> odd.equals("\n") ? odd : escape(odd, large));
  }

  private static String escape(String odd, String large) {
    return odd.length() > 1 && !large.isEmpty()
        ? large.formatted(odd.codePointAt(0))
        : odd.chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining());
  }

  private interface Instead {
    String of(String odd);
  }

  private static String parts(String text, Instead instead) {
    return PART.matcher(text).replaceAll(part -> Matcher.quoteReplacement(either(part, instead)));
  }

  private static String either(MatchResult part, Instead instead) {
    String odd = part.group("odd");
    return odd == null ? part.group() : instead.of(odd);
  }
}
