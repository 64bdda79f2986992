package io.secamo.processes.kubernetes.access;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A block of a text in PEM form (RFC 7468). Around the blocks may stand anything, and before a key
 * its curve, as openssl writes it.
 */
final class Pem {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";
  private final String label;
  private final byte[] content;
  private final boolean encrypted;

  private Pem(String label, byte[] content, boolean encrypted) {
    this.label = label;
    this.content = content;
    this.encrypted = encrypted;
  }

  String label() {
    return label;
  }

  /** In DER form; empty if it cannot be read. */
  byte[] content() {
    return content.clone();
  }

  /** Whether it takes a passphrase. */
  boolean encrypted() {
    return encrypted;
  }

  static List<Pem> in(String text) {
    List<Pem> found = new ArrayList<>();
    int begin = text.indexOf(BEGIN);
    while (begin >= 0) {
      int label = begin + BEGIN.length();
      int body = text.indexOf(DASHES, label);
      int end = body < 0 ? -1 : text.indexOf(END, body);
      if (end < 0) {
        return found;
      }
      String name = text.substring(label, body);
      if (text.startsWith(name + DASHES, end + END.length())) {
        found.add(block(name, text.substring(body + DASHES.length(), end)));
      }
      begin = text.indexOf(BEGIN, end);
    }
    return found;
  }

  private static Pem block(String label, String body) {
    boolean encrypted = body.contains("ENCRYPTED") || label.startsWith("ENCRYPTED");
    try {
      return new Pem(label, Base64.getDecoder().decode(body.replaceAll("\\s", "")), encrypted);
    } catch (IllegalArgumentException unreadable) {
      return new Pem(label, new byte[0], encrypted);
    }
  }
}
