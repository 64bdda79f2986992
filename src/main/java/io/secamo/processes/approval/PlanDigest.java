package io.secamo.processes.approval;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The digest that a vote names. It covers everything an approval must not outlive: the request
 * itself (by uid), what it asks for, which account is changed, what the policies said, each effect
 * and each finding. Parts and their elements are length-prefixed, so no two plans share a text.
 *
 * @param sha256 64 hexadecimal digits
 */
public record PlanDigest(String sha256) {
  /** The digest of the named parts, in the order given. */
  public static PlanDigest of(List<Part> parts) {
    MessageDigest digest = sha256Digest();
    for (Part part : parts) {
      update(digest, part.name());
      update(digest, Integer.toString(part.lines().size()));
      part.lines().forEach(line -> update(digest, line));
    }
    return new PlanDigest(HexFormat.of().formatHex(digest.digest()));
  }

  /** What people type: the first 16 digits. */
  public String shortForm() {
    return sha256.substring(0, 16);
  }

  /** One named part of a plan. */
  public record Part(String name, List<String> lines) {}

  private static void update(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
  }

  private static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JVM has SHA-256", impossible);
    }
  }
}
