package io.secamo.processes.firewall;

import java.util.Comparator;

/** One direction of one protocol in one family. */
public record Lane(Rule.Direction direction, boolean ipv6, Protocol protocol)
    implements Comparable<Lane> {
  private static final Comparator<Lane> ORDER =
      Comparator.comparing(Lane::direction).thenComparing(Lane::ipv6).thenComparing(Lane::protocol);

  @Override
  public int compareTo(Lane other) {
    return ORDER.compare(this, other);
  }

  /** Ports that the same peers reach. */
  public record Segment(int low, int high, AddressSet peers) {}
}
