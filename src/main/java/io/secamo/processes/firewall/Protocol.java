package io.secamo.processes.firewall;

/**
 * Transport protocols; {@code ANY} covers every one, {@code OTHER} those that have no name here.
 */
public enum Protocol {
  TCP,
  UDP,
  ICMP,
  ICMPV6,
  ANY,
  OTHER
}
