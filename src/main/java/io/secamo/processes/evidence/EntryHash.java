package io.secamo.processes.evidence;

import io.secamo.processes.api.EvidenceEntry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 of all that an entry says, the hash of the entry before included. */
final class EntryHash {
  private EntryHash() {}

  /** Length-prefixed, so that no two entries share a text. */
  static String of(EvidenceEntry entry) {
    List<String> facts = entry.facts() == null ? List.of() : entry.facts();
    MessageDigest digest = sha256();
    update(digest, Integer.toString(entry.seq()));
    update(digest, entry.at().toString());
    update(digest, entry.what());
    update(digest, entry.by() == null ? "" : entry.by());
    update(digest, entry.digest() == null ? "" : entry.digest());
    update(digest, Integer.toString(facts.size()));
    facts.forEach(fact -> update(digest, fact));
    update(digest, entry.previous());
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void update(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JVM has SHA-256", impossible);
    }
  }
}
