package io.secamo.processes.approval;

import io.secamo.processes.text.Plain;
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
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}" + Plain.IGNORED + "]");

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
