package io.secamo.processes.firewall;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
      Pattern.compile("(Ingress|Egress) (\\S+)(?: (\\d+(?:-\\d+)?))? (?:from|to) (\\S+)");

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
  }

  /** Brings ports into canonical form. */
  public Rule {
    boolean everyPort = !protocol.hasPorts() || (ports.low() <= 1 && ports.high() == 65535);
    ports = everyPort ? PortRange.ALL : ports;
  }

  /**
   * Reads the form that {@link #toString} writes.
   *
   * @throws IllegalArgumentException if it is not of that form
   */
  public static Rule parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a rule");
    }
    String ports = parts.group(3);
    return new Rule(
        Direction.valueOf(parts.group(1).toUpperCase(Locale.ROOT)),
        Protocol.valueOf(parts.group(2).toUpperCase(Locale.ROOT)),
        ports == null ? PortRange.ALL : PortRange.parse(ports),
        Cidr.parse(parts.group(4)));
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
