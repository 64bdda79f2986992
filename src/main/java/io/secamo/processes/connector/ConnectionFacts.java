package io.secamo.processes.connector;

import java.util.Map;

/**
 * What approvals depend on of a Connection.
 *
 * @param name its name
 * @param uid its identity: a Connection that was made anew is another one
 * @param type vendor, for example OpenStack
 * @param endpoint base URL, empty if it has none
 * @param labels written by who may edit Connections, never by a requester
 * @param longest how long a change there may last at most, as in {@code 30d}; empty: as long as the
 *     approval policies let it
 * @param settings its spec as JSON; without what is in the Secret
 * @param gone whether it is not there any more, and this is how it was last
 */
public record ConnectionFacts(
    String name,
    String uid,
    String type,
    String endpoint,
    Map<String, String> labels,
    String longest,
    String settings,
    boolean gone) {
  private static final int MOST = 500;

  /** Keeps its own copy. */
  public ConnectionFacts {
    labels = Map.copyOf(labels);
  }

  /** Of a Connection that is there. */
  public ConnectionFacts(
      String name,
      String uid,
      String type,
      String endpoint,
      Map<String, String> labels,
      String longest,
      String settings) {
    this(name, uid, type, endpoint, labels, longest, settings, false);
  }

  /** The same of one that is not there any more. */
  public ConnectionFacts asItWas() {
    return new ConnectionFacts(name, uid, type, endpoint, labels, longest, settings, true);
  }

  /** What another approval is needed for if it changes. */
  public String identity() {
    String text = name + " (" + uid + ")" + (endpoint.isEmpty() ? "" : " at " + endpoint);
    return Shortened.to(MOST, text);
  }
}
