package io.secamo.processes.firewall;

import java.util.List;

/**
 * Transport protocols; {@code ANY} covers every one, {@code OTHER} those that have no name here.
 */
public enum Protocol {
  TCP,
  UDP,
  ICMP,
  ICMPV6,
  ANY,
  OTHER;

  /** Whether ports mean anything. */
  public boolean hasPorts() {
    return this == TCP || this == UDP;
  }

  /** What this covers, in protocols that do not overlap. */
  List<Protocol> parts(boolean ipv6) {
    Protocol control = ipv6 ? ICMPV6 : ICMP;
    return switch (this) {
      case ANY -> List.of(TCP, UDP, control, OTHER);
      case ICMP, ICMPV6 -> List.of(control);
      case TCP, UDP, OTHER -> List.of(this);
    };
  }
}
