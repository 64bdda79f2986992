package io.secamo.processes.firewall;

import io.secamo.processes.firewall.Lane.Segment;
import io.secamo.processes.firewall.Rule.Direction;
import io.secamo.processes.firewall.Runs.Run;
import io.secamo.processes.firewall.Whereabouts.Hit;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The questions that risk checks ask of an exposure. */
record Reach(Exposure gained) {
  private static final BigInteger WIDE_IPV4 = BigInteger.ONE.shiftLeft(32 - 24);
  private static final BigInteger WIDE_IPV6 = BigInteger.ONE.shiftLeft(128 - 48);

  /** Where the internet reaches one of these ports. */
  List<Hit> ofPublic(List<PortRange> ports, Predicate<Protocol> protocol) {
    List<Hit> hits = new ArrayList<>();
    for (Lane lane : lanes(Direction.INGRESS, protocol)) {
      for (Segment segment : segments(lane)) {
        if (isPublic(lane, segment.peers())) {
          common(segment, ports).forEach(p -> hits.add(publicHit(lane, p, segment.peers())));
        }
      }
    }
    return hits;
  }

  /** Where the internet reaches at least so many ports in a row. */
  List<Hit> ofPublicRuns(int length, Predicate<Protocol> protocol) {
    List<Hit> hits = new ArrayList<>();
    for (Lane lane : lanes(Direction.INGRESS, protocol)) {
      for (Run run : gained.runs(lane)) {
        if (run.length() >= length && isPublic(lane, run.peers())) {
          hits.add(publicHit(lane, run.ports(), run.peers()));
        }
      }
    }
    return hits;
  }

  /** Where more than a /24 or, of IPv6, a /48 of public addresses in a row reaches something. */
  List<Hit> ofWidePublic() {
    List<Hit> hits = new ArrayList<>();
    for (Lane lane : lanes(Direction.INGRESS, p -> true)) {
      BigInteger most = lane.ipv6() ? WIDE_IPV6 : WIDE_IPV4;
      for (Segment segment : segments(lane)) {
        AddressSet open = AddressSpace.publicOf(segment.peers(), lane.ipv6());
        if (open.ranges().stream().anyMatch(r -> size(r).compareTo(most) > 0)) {
          hits.add(publicHit(lane, ports(segment), segment.peers()));
        }
      }
    }
    return hits;
  }

  /** Where most of a wide private network is open, in either direction. */
  List<Hit> ofWidePrivate() {
    List<Hit> hits = new ArrayList<>();
    for (Lane lane : gained.lanes().keySet()) {
      for (Segment segment : lane.ipv6() ? List.<Segment>of() : segments(lane)) {
        if (AddressSpace.WIDE_PRIVATE.stream().anyMatch(n -> mostOf(n, segment.peers()))) {
          hits.add(new Hit(lane, ports(segment), segment.peers()));
        }
      }
    }
    return hits;
  }

  /** Where ports in a row are many or more than they look, in either direction. */
  List<Hit> ofRuns(Predicate<Run> suspicious) {
    List<Hit> hits = new ArrayList<>();
    for (Lane lane : gained.lanes().keySet()) {
      for (Run run : lane.protocol().hasPorts() ? gained.runs(lane) : List.<Run>of()) {
        if (suspicious.test(run)) {
          hits.add(new Hit(lane, run.ports(), run.peers()));
        }
      }
    }
    return hits;
  }

  /** Where the target reaches most of a family with so many ports in a row of every protocol. */
  List<Hit> ofEverywhere(int length) {
    List<Hit> hits = new ArrayList<>();
    for (boolean ipv6 : new boolean[] {false, true}) {
      AddressSet out = AddressSpace.all(ipv6);
      for (Protocol protocol : List.of(Protocol.TCP, Protocol.UDP, Protocol.OTHER)) {
        out = out.and(longRuns(new Lane(Direction.EGRESS, ipv6, protocol), length));
      }
      if (mostOf(AddressSpace.all(ipv6), out)) {
        Lane any = new Lane(Direction.EGRESS, ipv6, Protocol.ANY);
        hits.add(new Hit(any, PortRange.USABLE, out));
      }
    }
    return hits;
  }

  private AddressSet longRuns(Lane lane, int length) {
    return gained.runs(lane).stream()
        .filter(run -> run.length() >= length)
        .map(Run::peers)
        .reduce(AddressSet.EMPTY, AddressSet::plus);
  }

  private List<Lane> lanes(Direction direction, Predicate<Protocol> protocol) {
    return gained.lanes().keySet().stream()
        .filter(lane -> lane.direction() == direction && protocol.test(lane.protocol()))
        .toList();
  }

  private List<Segment> segments(Lane lane) {
    return gained.lanes().getOrDefault(lane, List.of());
  }

  private static List<PortRange> common(Segment segment, List<PortRange> ports) {
    return ports.stream()
        .filter(p -> p.low() <= segment.high() && segment.low() <= p.high())
        .map(
            p ->
                new PortRange(Math.max(p.low(), segment.low()), Math.min(p.high(), segment.high())))
        .toList();
  }

  private static PortRange ports(Segment segment) {
    return new PortRange(segment.low(), segment.high());
  }

  private static boolean isPublic(Lane lane, AddressSet peers) {
    return !AddressSpace.publicOf(peers, lane.ipv6()).isEmpty();
  }

  private static Hit publicHit(Lane lane, PortRange ports, AddressSet peers) {
    return new Hit(lane, ports, AddressSpace.touchingPublic(peers, lane.ipv6()));
  }

  /** More than half counts, because what is open already is not gained. */
  private static boolean mostOf(AddressSet network, AddressSet peers) {
    return network.and(peers).size().shiftLeft(1).compareTo(network.size()) > 0;
  }

  private static BigInteger size(AddressSet.Range range) {
    return range.high().subtract(range.low()).add(BigInteger.ONE);
  }
}
