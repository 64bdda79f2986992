package io.secamo.processes.firewall;

/**
 * One access in canonical form: what one rule of a security group allows. Equal accesses are equal
 * values, however they were written.
 *
 * @param direction of the first packet, seen from the target
 * @param protocol transport
 * @param ports {@link PortRange#ALL} for protocols without ports
 * @param peer network of the other side
 */
public record Rule(Direction direction, Protocol protocol, PortRange ports, Cidr peer) {
  /** Direction of the first packet, seen from the target. */
  public enum Direction {
    INGRESS,
    EGRESS
  }
}
