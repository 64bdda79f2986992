package io.secamo.processes.firewall;

import io.secamo.processes.firewall.Rule.Direction;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Sixteen addresses and sixteen ports: few enough to try every packet. */
public final class SmallUniverse {
  public static final int ADDRESSES = 16;
  public static final int PORTS = 16;

  /** Every packet of the universe that can exist. */
  public static final List<Packet> PACKETS = packets();

  /** The first packet of a connection, from or to the address that has this number. */
  public record Packet(Direction direction, Protocol protocol, int port, BigInteger number) {
    /** What a firewall would say: the oracle, as plain as can be. */
    public boolean allowedBy(Rule rule) {
      return rule.direction() == direction
          && (rule.protocol() == Protocol.ANY || rule.protocol() == protocol)
          && rule.ports().low() <= port
          && port <= rule.ports().high()
          && rule.peer().low().compareTo(number) <= 0
          && number.compareTo(rule.peer().high()) <= 0;
    }

    /** What an exposure says, read off its segments. */
    public boolean isIn(Exposure exposure) {
      Lane lane = new Lane(direction, false, protocol);
      return exposure.lanes().getOrDefault(lane, List.of()).stream()
          .filter(segment -> segment.low() <= port && port <= segment.high())
          .flatMap(segment -> segment.peers().ranges().stream())
          .anyMatch(r -> r.low().compareTo(number) <= 0 && number.compareTo(r.high()) <= 0);
    }
  }

  private SmallUniverse() {}

  /** Some rules, sometimes with every port; ports begin at 1, because port 0 cannot be used. */
  public static List<Rule> rules(Random random, int most) {
    List<Rule> rules = new ArrayList<>();
    int count = random.nextInt(most + 1);
    for (int i = 0; i < count; i++) {
      int prefix = 28 + random.nextInt(5);
      int low = random.nextInt(ADDRESSES) & -(1 << (32 - prefix));
      Protocol protocol = Protocol.values()[random.nextInt(Protocol.values().length)];
      Direction direction = random.nextBoolean() ? Direction.INGRESS : Direction.EGRESS;
      Cidr peer =
          protocol == Protocol.ICMPV6
              ? Cidr.parse("2001:db8::" + Integer.toHexString(low) + "/" + (prefix + 96))
              : Cidr.parse("10.0.0." + low + "/" + prefix);
      rules.add(new Rule(direction, protocol, ports(random), peer));
    }
    return rules;
  }

  private static PortRange ports(Random random) {
    int from = random.nextInt(PORTS);
    int to = from + random.nextInt(PORTS - from);
    return switch (random.nextInt(6)) {
      case 0 -> PortRange.ALL;
      case 1 -> new PortRange(1, Math.max(1, to));
      case 2 -> new PortRange(Math.max(1, to) + 1, 65535);
      default -> new PortRange(from, to);
    };
  }

  private static List<Packet> packets() {
    List<Packet> packets = new ArrayList<>();
    BigInteger first = Cidr.parse("10.0.0.0").low();
    for (Direction direction : Direction.values()) {
      for (Protocol protocol : List.of(Protocol.TCP, Protocol.UDP)) {
        for (int port = 1; port < PORTS; port += 2) {
          for (int address = 0; address < ADDRESSES; address++) {
            packets.add(
                new Packet(direction, protocol, port, first.add(BigInteger.valueOf(address))));
          }
        }
      }
    }
    return packets;
  }
}
