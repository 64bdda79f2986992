package io.secamo.processes.approval;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Whom a user name stands for. Sign-in systems take a name in several spellings, and Kubernetes
 * keeps whichever was written: {@code Ann@example.com} and {@code ann@example.com}, an é as one
 * character or as two, a blank at the end. They are one person here, so that nobody is two.
 *
 * @param key the same for each spelling
 */
record Person(String key) {
  /** The person of a user name. */
  static Person of(String userName) {
    String composed = Normalizer.normalize(userName, Normalizer.Form.NFC);
    // Upper case first: some letters have several small ones (a Greek sigma at the end of a word).
    String small = composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return new Person(Normalizer.normalize(small, Normalizer.Form.NFC).strip());
  }

  /** Whether another user name is the same person's. */
  boolean is(String userName) {
    return equals(of(userName));
  }
}
