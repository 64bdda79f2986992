package io.secamo.processes.connector;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Texts that are compared later and must fit into the status: two that differ stay different. */
final class Shortened {
  private static final int MARK = 32;

  private Shortened() {}

  /** The text itself, or its beginning and what tells it from others that begin alike. */
  static String to(int most, String text) {
    if (text.codePointCount(0, text.length()) <= most) {
      return text;
    }
    String mark = "… " + sha256(text).substring(0, MARK);
    return text.substring(0, text.offsetByCodePoints(0, most - mark.length())) + mark;
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JVM has SHA-256", impossible);
    }
  }
}
