package io.secamo.processes.kubernetes.access;

import io.fabric8.kubernetes.client.OAuthTokenProvider;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The token of a plugin, which is asked again when it has run out. One that does not say when it
 * runs out is asked for every minute: nobody tells us that a cluster did not take it any more.
 */
final class PluginToken implements OAuthTokenProvider {
  private static final Logger LOG = LoggerFactory.getLogger(PluginToken.class);
  private static final Duration UNKNOWN = Duration.ofMinutes(1);
  private final CredentialPlugin plugin;
  private final Clock clock;
  // Not a monitor: a virtual thread that waits in one holds the thread that carries it.
  private final ReentrantLock asking = new ReentrantLock();
  private @Nullable String token;
  private Instant until;

  PluginToken(CredentialPlugin plugin, CredentialPlugin.Answer first, Clock clock) {
    this.plugin = plugin;
    this.clock = clock;
    this.token = first.token();
    this.until = first.until().orElseGet(() -> clock.instant().plus(UNKNOWN));
  }

  @Override
  public @Nullable String getToken() {
    asking.lock();
    try {
      if (!clock.instant().isBefore(until)) {
        CredentialPlugin.Answer answer = plugin.ask();
        token = answer.token();
        until = answer.until().orElseGet(() -> clock.instant().plus(UNKNOWN));
      }
    } catch (UnknownCluster failed) {
      LOG.warn("the last token is used again: {}", failed.getMessage());
      until = clock.instant().plus(UNKNOWN);
    } finally {
      asking.unlock();
    }
    return token;
  }
}
