package io.secamo.processes.approval;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whom a user name stands for. Sign-in systems take a name in several spellings, and Kubernetes
 * keeps whichever was written: {@code Ann@example.com} and {@code ann@example.com}, an é as one
 * character or as two, wide letters, marks that nobody sees, a blank at the end. They are one
 * person here, so that nobody is two.
 *
 * @param key the same for each spelling
 */
record Person(String key) {
  /** Default ignorable code points (Unicode Standard, 5.21): whoever reads a name sees none. */
  private static final Pattern INVISIBLE =
      Pattern.compile(
          "[\\p{Cf}\\x{34F}\\x{115F}\\x{1160}\\x{17B4}\\x{17B5}\\x{180B}-\\x{180F}\\x{3164}"
              + "\\x{FE00}-\\x{FE0F}\\x{FFA0}\\x{E0000}-\\x{E0FFF}]");

  /** The person of a user name. */
  static Person of(String userName) {
    String visible = INVISIBLE.matcher(userName).replaceAll("");
    String composed = Normalizer.normalize(visible, Normalizer.Form.NFKC);
    // Upper case first: some letters have several small ones (a Greek sigma at the end of a word).
    String small = composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    String undotted = small.replace("i\u0307", "i").replace('\u0131', 'i');
    return new Person(Normalizer.normalize(undotted, Normalizer.Form.NFKC).strip());
  }

  /** Whether another user name is the same person's. */
  boolean is(String userName) {
    return equals(of(userName));
  }
}
