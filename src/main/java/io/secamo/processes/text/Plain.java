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
 * mark of style behind a character. Accents stand on something, and not in towers. Written so that
 * RE2, as in CEL, reads it as Java does.
 */
public final class Plain {
  private static final String LETTERS_UNSEEN = "\\x{115F}\\x{1160}\\x{3164}\\x{FFA0}";
  private static final String MARKS_UNSEEN =
      "\\x{34F}\\x{17B4}\\x{17B5}\\x{180B}-\\x{180F}\\x{FE00}-\\x{FE0F}\\x{16FE4}"
          + "\\x{E0100}-\\x{E01EF}";
  private static final String SIGNS_UNSEEN = "\\x{1D159}";

  /**
   * Characters that nobody sees, beside those of category Cf (Unicode Standard, 5.21: default
   * ignorable code points; a notehead and a filler that are blank by their names).
   */
  public static final String IGNORED =
      LETTERS_UNSEEN
          + MARKS_UNSEEN
          + SIGNS_UNSEEN
          + "\\x{2065}\\x{FFF0}-\\x{FFF8}\\x{E0000}-\\x{E0FFF}";

  /** White space, and U+2800: a Braille cell without a dot. */
  private static final String BLANK = "[\\p{Zs}\\x{2800}]";

  private static final String PUNCTUATION = "\\p{P}";

  /** By what it is, and not by what it is not: RE2 has no word for what Unicode does not know. */
  private static final String LETTER =
      "(?:\\p{N}|[^\\P{L}" + LETTERS_UNSEEN + "]|[^\\P{S}\\x{2800}" + SIGNS_UNSEEN + "])";

  private static final String MARK = "[^\\P{M}" + MARKS_UNSEEN + "]";

  /** No script stacks more of them; whoever does covers the lines around. */
  private static final String MOST_MARKS = "{0,8}";

  private static final String JOINER = "[\\x{200C}\\x{200D}]";
  private static final String STYLE =
      "[\\x{180B}-\\x{180D}\\x{FE00}-\\x{FE0F}\\x{E0100}-\\x{E01EF}]";
  private static final String MARKED =
      LETTER + STYLE + "?(?:" + JOINER + "?" + MARK + STYLE + "?)" + MOST_MARKS;

  /** A text: one line, not blank. */
  public static final String LINE =
      "^"
          + (BLANK + "*(?:(?:")
          + (PUNCTUATION + STYLE + "?(?:" + MARK + STYLE + "?)" + MOST_MARKS)
          + ("|" + MARKED + "(?:" + JOINER + MARKED + ")*)")
          + (BLANK + "*)+$");

  /** A name: no white space, and nothing that nobody sees. */
  public static final String NAME =
      "^(?:(?:" + PUNCTUATION + "|" + LETTER + ")" + MARK + MOST_MARKS + ")+$";

  /** What people read who wrote something else. */
  public static final String MESSAGE = "write one line of plain text, without hidden characters";

  private static final String MARKED_FOR_GOOD =
      (LETTER + STYLE + "?+(?:" + JOINER + "?+" + MARK + STYLE + "?+)" + MOST_MARKS + "+");

  /** A part of a line, or one character that is none. The loops never go back, nor deeper. */
  private static final Pattern PART =
      Pattern.compile(
          (BLANK + "|" + PUNCTUATION + STYLE + "?+(?:" + MARK + STYLE + "?+)" + MOST_MARKS + "+")
              + ("|" + MARKED_FOR_GOOD + "(?:" + JOINER + MARKED_FOR_GOOD + ")*+")
              + "|(?<odd>.)",
          Pattern.DOTALL);

  private static final Pattern SEEN = Pattern.compile(PUNCTUATION + "|" + LETTER);
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
