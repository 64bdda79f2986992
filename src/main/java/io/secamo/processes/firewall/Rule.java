package io.secamo.processes.firewall;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One access in canonical form: what one rule of a security group allows. Equal accesses are equal
 * values, however they were written: 1-65535 is every port (port 0 cannot be used), and protocols
 * without ports have every port.
 *
 * @param direction of the first packet, seen from the target
 * @param protocol transport
 * @param ports {@link PortRange#ALL} for protocols without ports
 * @param peer network of the other side
 */
public record Rule(Direction direction, Protocol protocol, PortRange ports, Cidr peer)
    implements Comparable<Rule> {
  private static final Comparator<Rule> ORDER =
      Comparator.comparing(Rule::direction)
          .thenComparing(Rule::protocol)
          .thenComparing(Rule::ports)
          .thenComparing(Rule::peer);
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(Ingress)|Egress) (tcp|udp|icmp|icmpv6|any|other)(?: (\\d{1,5}(?:-\\d{1,5})?))?"
              + " (?:(from)|to) (\\S+)");

  /** Direction of the first packet, seen from the target. */
  public enum Direction {
    INGRESS("Ingress", "from"),
    EGRESS("Egress", "to");

    private final String word;
    private final String preposition;

    Direction(String word, String preposition) {
      this.word = word;
      this.preposition = preposition;
    }

    /** What stands before the peer: from or to. */
    String preposition() {
      return preposition;
    }
  }

  /** Brings ports into canonical form. */
  public Rule {
    boolean everyPort = !protocol.hasPorts() || (ports.low() <= 1 && ports.high() == 65535);
    ports = everyPort ? PortRange.ALL : ports;
  }

  /**
   * Reads the form that {@link #toString} writes. Nothing is passed over: ports where the protocol
   * has none, or the wrong preposition, are errors, because a guess could open more than was meant.
   *
   * @throws IllegalArgumentException if it is not of that form
   */
  public static Rule parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches() || (parts.group(1) == null) != (parts.group(4) == null)) {
      throw notARule(text);
    }
    Direction direction = parts.group(1) == null ? Direction.EGRESS : Direction.INGRESS;
    Protocol protocol = Protocol.valueOf(parts.group(2).toUpperCase(Locale.ROOT));
    String ports = parts.group(3);
    if (ports != null && !protocol.hasPorts()) {
      throw notARule(text);
    }
    return new Rule(
        direction,
        protocol,
        ports == null ? PortRange.ALL : PortRange.parse(ports),
        Cidr.parseCanonical(parts.group(5)));
  }

  private static IllegalArgumentException notARule(String text) {
    return new IllegalArgumentException(
        "'" + text + "' is not a rule: write for example Ingress tcp 443 from 203.0.113.0/24");
  }

  /** Whether some packet is allowed by both. */
  public boolean overlaps(Rule other) {
    return comparable(other)
        && ports.low() <= other.ports.high()
        && other.ports.low() <= ports.high()
        && peer.low().compareTo(other.peer.high()) <= 0
        && other.peer.low().compareTo(peer.high()) <= 0;
  }

  /** Whether it allows every packet that the other one allows. */
  public boolean covers(Rule other) {
    boolean ipv6 = peer.ipv6();
    return comparable(other)
        && protocol.parts(ipv6).containsAll(other.protocol.parts(ipv6))
        && ports.low() <= other.ports.low()
        && other.ports.high() <= ports.high()
        && peer.low().compareTo(other.peer.low()) <= 0
        && other.peer.high().compareTo(peer.high()) <= 0;
  }

  private boolean comparable(Rule other) {
    boolean ipv6 = peer.ipv6();
    return direction == other.direction
        && ipv6 == other.peer.ipv6()
        && !Collections.disjoint(protocol.parts(ipv6), other.protocol.parts(ipv6));
  }

  /** Eight hexadecimal digits that stand for this access. */
  public String key() {
    try {
      byte[] text = toString().getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(hash).substring(0, 8);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JVM has SHA-256", impossible);
    }
  }

  @Override
  public int compareTo(Rule other) {
    return ORDER.compare(this, other);
  }

  /** For example {@code Ingress tcp 443 from 203.0.113.0/24}; every port is left out. */
  @Override
  public String toString() {
    String port = ports.equals(PortRange.ALL) ? "" : " " + ports;
    return direction.word
        + " "
        + protocol.name().toLowerCase(Locale.ROOT)
        + port
        + " "
        + direction.preposition
        + " "
        + peer;
  }
}
