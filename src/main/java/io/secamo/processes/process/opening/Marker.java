package io.secamo.processes.process.opening;

import io.secamo.processes.connector.FirewallProvider.LiveRule;
import io.secamo.processes.effect.Place;
import io.secamo.processes.firewall.Rule;
import io.secamo.processes.process.Others;
import java.time.Instant;
import java.util.Locale;

/**
 * The text that stands with a rule on the firewall and says whose it is. Uid and cluster decide;
 * the name is for people, because names are reused.
 */
public final class Marker {
  private static final int LIMIT = 140;

  private final String clusterMark;
  private final String requestMark;
  private final String uid;
  private final String address;

  /**
   * Of what belongs to one request of a cluster.
   *
   * @param address namespace and name of the request
   */
  public Marker(String clusterId, String uid, String address) {
    clusterMark = "c=" + short8(clusterId);
    requestMark = clusterMark + " u=" + short8(uid);
    this.uid = uid;
    this.address = address;
  }

  /**
   * The marker of one rule, for example {@code process c=1a2b3c4d u=5e6f7a8b r=9c0d1e2f
   * team-a/web}.
   */
  public String text(Rule rule) {
    String text = "process " + requestMark + " r=" + rule.key() + " " + address;
    return text.length() > LIMIT ? text.substring(0, LIMIT) : text;
  }

  /** Whether this request made the rule with that marker. */
  public boolean ofThisRequest(String marker) {
    return marker.startsWith("process " + requestMark + " ");
  }

  /** Whether the request with that uid made the rule with that marker. */
  private boolean by(String other, String marker) {
    return marker.startsWith("process " + clusterMark + " u=" + short8(other) + " ");
  }

  /** Whether some request of this cluster made the rule with that marker. */
  public boolean ofThisCluster(String marker) {
    return marker.startsWith("process " + clusterMark + " u=");
  }

  /** Whether some request of this cluster still answers for a rule that is there. */
  public boolean answeredFor(Others others, Place place, LiveRule there, Instant now) {
    return others.answeredFor(uid, place, there.id(), other -> by(other, there.marker()), now);
  }

  private static String short8(String id) {
    String plain = id.replace("-", "").toLowerCase(Locale.ROOT);
    return plain.length() > 8 ? plain.substring(0, 8) : plain;
  }
}
