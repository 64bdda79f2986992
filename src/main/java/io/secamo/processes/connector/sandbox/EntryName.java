package io.secamo.processes.connector.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names of entries: DNS subdomains of at most 253 characters (RFC 1123). */
final class EntryName {
  private static final int LONGEST = 253;
  private static final int HASH = 20;

  private EntryName() {}

  /** Prefix and rest, or a hash of the rest where that would be too long. */
  static String of(String prefix, String rest) {
    return prefix.length() + rest.length() <= LONGEST ? prefix + rest : prefix + hash(rest);
  }

  /** Twenty hexadecimal digits: 80 bits, so that two texts do not meet. */
  static String hash(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash).substring(0, HASH);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JVM has SHA-256", impossible);
    }
  }
}
