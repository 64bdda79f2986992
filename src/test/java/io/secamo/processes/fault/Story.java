package io.secamo.processes.fault;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What people do with one request. */
public enum Story {
  /** Asked for a few seconds, approved, expires. */
  TEMPORARY("", true, false),
  /** Asked for good, approved. */
  LASTING("onDelete: Retain", true, true),
  /** Rejected by the approver. */
  REJECTED("expiresAfter: 1h", false, false),
  /** Withdrawn by the requester while it waits for votes. */
  WITHDRAWN("expiresAfter: 1h", false, false),
  /** Nobody votes. */
  TIMED_OUT("expiresAfter: 1h", false, false),
  /** Deleted while it waits for votes. */
  DELETED_EARLY("expiresAfter: 1h", false, false),
  /** Deleted while the change is live. */
  DELETED_IN_FORCE("expiresAfter: 1h", true, false),
  /** Asked for good, approved, and removed by another request, approved as well. */
  REMOVED("onDelete: Retain", true, false);

  /** How long a temporary change lives where nothing else is said. */
  static final Duration LIFE = Duration.ofSeconds(3);

  /** Those of one request. */
  static final List<Story> ALONE =
      Stream.of(values()).filter(story -> story.requests() == 1).toList();

  private final String extra;

  /** Whether people let the change happen. */
  final boolean approved;

  /** Whether the rule is there in the end. */
  final boolean stays;

  Story(String extra, boolean approved, boolean stays) {
    this.extra = extra;
    this.approved = approved;
    this.stays = stays;
  }

  private String extra(Duration life) {
    return this == TEMPORARY ? "expiresAfter: " + life.toSeconds() + "s" : extra;
  }

  boolean deleted() {
    return this == DELETED_EARLY || this == DELETED_IN_FORCE;
  }

  /** How many requests take part in it. */
  int requests() {
    return this == REMOVED ? 2 : 1;
  }

  /** The state it comes to when nothing is deleted. */
  String ending() {
    return switch (this) {
      case TEMPORARY -> "Expired";
      case LASTING -> "Completed";
      case REMOVED -> "Removed";
      case REJECTED -> "Rejected";
      case TIMED_OUT -> "ApprovalTimedOut";
      case WITHDRAWN, DELETED_EARLY, DELETED_IN_FORCE -> "Withdrawn";
    };
  }

  /** The request as its requester writes it; each has a security group of its own. */
  public String yaml(String name) {
    return yaml(name, LIFE);
  }

  /**
   * The same request.
   *
   * @param life how long a temporary change lives; it counts from when the change is about to be
   *     made, and what is not made and told by then never is
   */
  String yaml(String name, Duration life) {
    return yaml(name, name, extra(life));
  }

  /** The request that what another one opened for good is removed. */
  static String removal(String name, String other) {
    return yaml(name, other, "removes: " + other);
  }

  private static String yaml(String name, String group, String extra) {
    return """
    {"apiVersion": "processes.secamo.io/v1alpha1", "kind": "FirewallChangeRequest",
     "metadata": {"name": "%s", "annotations": {"example.com/foreign": "stays"}},
     "spec": {"connection": "cloud", "target": {"securityGroup": "%s"},
       "rules": [{"name": "https", "protocol": "tcp", "ports": ["443"],
                  "peers": ["203.0.113.0/24"], "description": "shop"}],
       "ticket": {"connection": "helpdesk", "customer": "ACME"},
       "justification": "Order 4711", %s}}
    """
        .formatted(name, group, extra.replaceAll("(\\w+): ([\\w-]+)", "\"$1\": \"$2\""));
  }
}
