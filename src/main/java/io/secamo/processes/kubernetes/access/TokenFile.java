package io.secamo.processes.kubernetes.access;

import io.fabric8.kubernetes.client.OAuthTokenProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A token that somebody else writes into a file, again before it runs out. It is read for each
 * request; while it cannot be read, the last one counts.
 */
final class TokenFile implements OAuthTokenProvider {
  private final Path file;
  private volatile String last;

  TokenFile(Path file, String first) {
    this.file = file;
    this.last = first;
  }

  @Override
  public String getToken() {
    try {
      String now = Files.readString(file).strip();
      last = usable(now) ? now : last;
    } catch (IOException later) {
      return last;
    }
    return last;
  }

  /** Whether a token can be sent; the error of a client for one that cannot would show it. */
  static boolean usable(String token) {
    return !token.isEmpty() && token.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }
}
