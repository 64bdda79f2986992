package io.secamo.processes.connector;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The name under which an outside system knows one effect of one process: {@code op-} and 26
 * characters of base32. It can be derived again after any crash, so an effect can always be looked
 * up before it is repeated.
 *
 * @param value lower case letters, digits and one dash, 29 characters
 */
public record IdempotencyKey(String value) {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

  /**
   * Derives the key of one effect.
   *
   * @param cluster stable id of the cluster, so that two clusters never share a key
   * @param uid uid of the request; names are reused, uids are not
   * @param step step of the process
   * @param subject what of the step, for example the canonical form of one rule
   */
  public static IdempotencyKey of(String cluster, String uid, String step, String subject) {
    String material = String.join("\n", cluster, uid, step, subject);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(material.getBytes(StandardCharsets.UTF_8));
      return new IdempotencyKey("op-" + base32(hash, 26));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JVM has SHA-256", impossible);
    }
  }

  private static String base32(byte[] bytes, int length) {
    StringBuilder text = new StringBuilder(length);
    int buffer = 0;
    int bits = 0;
    for (int i = 0; text.length() < length; i++) {
      buffer = (buffer << 8) | (bytes[i] & 0xff);
      bits += 8;
      while (bits >= 5 && text.length() < length) {
        bits -= 5;
        text.append(ALPHABET.charAt((buffer >> bits) & 31));
      }
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return value;
  }
}
