package io.secamo.processes.process.firewallchange;

import io.secamo.processes.engine.Request;
import io.secamo.processes.firewall.Rule;
import java.util.Locale;

/**
 * The text that stands with a rule on the firewall and says whose it is. Uid and cluster decide;
 * the name is for people, because names are reused.
 */
final class Marker {
  private static final int LIMIT = 140;

  private final String clusterMark;
  private final String requestMark;
  private final String address;

  Marker(String clusterId, Request<?> request) {
    clusterMark = "c=" + short8(clusterId);
    requestMark = clusterMark + " u=" + short8(request.uid());
    address = request.address();
  }

  /**
   * The marker of one rule, for example {@code process c=1a2b3c4d u=5e6f7a8b r=9c0d1e2f
   * team-a/web}.
   */
  String text(Rule rule) {
    String text = "process " + requestMark + " r=" + rule.key() + " " + address;
    return text.length() > LIMIT ? text.substring(0, LIMIT) : text;
  }

  /** Whether this request made the rule with that marker. */
  boolean mine(String marker) {
    return marker.startsWith("process " + requestMark + " ");
  }

  /** Whether the request with this uid made the rule with that marker. */
  boolean by(String uid, String marker) {
    return marker.startsWith("process " + clusterMark + " u=" + short8(uid) + " ");
  }

  /** Whether some request of this cluster made the rule with that marker. */
  boolean ours(String marker) {
    return marker.startsWith("process " + clusterMark + " u=");
  }

  private static String short8(String id) {
    String plain = id.replace("-", "").toLowerCase(Locale.ROOT);
    return plain.length() > 8 ? plain.substring(0, 8) : plain;
  }
}
