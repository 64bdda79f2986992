package io.secamo.processes.firewall;

import io.secamo.processes.firewall.Lane.Segment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;

/**
 * What a set of rules makes reachable: a set of packets, not a list of texts. Two rule sets that
 * allow the same have equal exposures, however they are cut. For firewalls whose rules only allow.
 * Port 0 cannot be used and is in no exposure; protocols without ports have every port.
 *
 * @param lanes for each direction, family and protocol the port axis, cut into segments
 */
public record Exposure(Map<Lane, List<Segment>> lanes) {
  /** Ranges of addresses in all segments. A group that anybody filled must not fill the memory. */
  static final int MOST_PIECES = 100_000;

  /** Nothing is reachable. */
  public static final Exposure NONE = new Exposure(Map.of());

  /** Joins what says the same, leaves out what says nothing, and keeps its own copy. */
  public Exposure {
    Map<Lane, List<Segment>> canonical = new TreeMap<>();
    lanes.forEach(
        (lane, segments) -> {
          List<Segment> joined = new ArrayList<>();
          segments.forEach(segment -> add(joined, segment));
          if (!joined.isEmpty()) {
            canonical.put(lane, List.copyOf(joined));
          }
        });
    lanes = Collections.unmodifiableMap(canonical);
  }

  /**
   * What rules make reachable together.
   *
   * @throws TooManyRules if that is more than can be judged
   */
  public static Exposure of(Collection<Rule> rules) {
    Map<Lane, List<Rule>> byLane = new TreeMap<>();
    for (Rule rule : rules) {
      boolean ipv6 = rule.peer().ipv6();
      for (Protocol protocol : rule.protocol().parts(ipv6)) {
        byLane
            .computeIfAbsent(new Lane(rule.direction(), ipv6, protocol), l -> new ArrayList<>())
            .add(rule);
      }
    }
    // Before anything is made of them: n rules can make n times n ranges.
    bounded(byLane.values().stream().mapToLong(Exposure::pieces).sum());
    Map<Lane, List<Segment>> lanes = new TreeMap<>();
    byLane.forEach((lane, inLane) -> lanes.put(lane, segments(inLane)));
    return new Exposure(lanes);
  }

  /** Reads what {@link #toLines} wrote. */
  public static Exposure parse(List<String> lines) {
    return of(lines.stream().map(Rule::parse).toList());
  }

  /** What is reachable here but not there. */
  public Exposure minus(Exposure other) {
    return combine(other, AddressSet::minus);
  }

  /** What is reachable here or there. */
  public Exposure plus(Exposure other) {
    return combine(other, AddressSet::plus);
  }

  /** What is reachable here and there. */
  public Exposure and(Exposure other) {
    return combine(other, AddressSet::and);
  }

  /** Whether everything that is reachable there is reachable here. */
  public boolean contains(Exposure other) {
    return other.minus(this).isEmpty();
  }

  /** Whether nothing is reachable. */
  public boolean isEmpty() {
    return lanes.isEmpty();
  }

  /** The few rules that say the same, in a stable order. */
  public List<Rule> asRules() {
    return Wording.of(this::runs);
  }

  /** The few rules that say the same, one a line. */
  public List<String> toLines() {
    return asRules().stream().map(Rule::toString).toList();
  }

  /** The longest unbroken stretches of ports in a lane, each with the peers that reach it. */
  List<Runs.Run> runs(Lane lane) {
    return Runs.of(lanes.getOrDefault(lane, List.of()));
  }

  private static List<Segment> segments(List<Rule> some) {
    // In the order of peers, so that each segment's addresses come sorted already.
    List<Rule> rules = some.stream().sorted(Comparator.comparing(Rule::peer)).toList();
    TreeSet<Integer> cuts = cuts(rules);
    List<Segment> segments = new ArrayList<>();
    for (Integer low : cuts) {
      Integer next = cuts.higher(low);
      if (next != null) {
        List<Cidr> peers =
            rules.stream()
                .filter(r -> r.ports().low() <= low && r.ports().high() >= next - 1)
                .map(Rule::peer)
                .toList();
        add(segments, new Segment(low, next - 1, AddressSet.of(peers)));
      }
    }
    return segments;
  }

  private static TreeSet<Integer> cuts(List<Rule> rules) {
    TreeSet<Integer> cuts = new TreeSet<>();
    for (Rule rule : rules) {
      cuts.add(Math.max(PortRange.USABLE.low(), rule.ports().low()));
      cuts.add(rule.ports().high() + 1);
    }
    return cuts;
  }

  /** In how many segments each rule is, all together. */
  private static long pieces(List<Rule> rules) {
    List<Integer> cuts = List.copyOf(cuts(rules));
    long pieces = 0;
    for (Rule rule : rules) {
      int low = Math.max(PortRange.USABLE.low(), rule.ports().low());
      int first = Collections.binarySearch(cuts, low);
      pieces += Collections.binarySearch(cuts, rule.ports().high() + 1) - first;
    }
    return pieces;
  }

  private static void bounded(long pieces) {
    if (pieces > MOST_PIECES) {
      throw new TooManyRules("ranges of addresses", MOST_PIECES);
    }
  }

  private Exposure combine(Exposure other, BinaryOperator<AddressSet> operation) {
    Map<Lane, List<Segment>> result = new TreeMap<>();
    TreeSet<Lane> both = new TreeSet<>(lanes.keySet());
    both.addAll(other.lanes.keySet());
    for (Lane lane : both) {
      List<Segment> here = lanes.getOrDefault(lane, List.of());
      List<Segment> there = other.lanes.getOrDefault(lane, List.of());
      result.put(lane, combine(here, there, operation));
    }
    return new Exposure(result);
  }

  private static List<Segment> combine(
      List<Segment> here, List<Segment> there, BinaryOperator<AddressSet> operation) {
    TreeSet<Integer> cuts = new TreeSet<>();
    for (List<Segment> side : List.of(here, there)) {
      for (Segment segment : side) {
        cuts.add(segment.low());
        cuts.add(segment.high() + 1);
      }
    }
    List<Segment> combined = new ArrayList<>();
    long pieces = 0;
    for (Integer low : cuts) {
      Integer next = cuts.higher(low);
      if (next != null) {
        AddressSet peers = operation.apply(at(here, low), at(there, low));
        int before = combined.size();
        add(combined, new Segment(low, next - 1, peers));
        pieces += combined.size() > before ? peers.ranges().size() : 0;
        bounded(pieces);
      }
    }
    return combined;
  }

  private static AddressSet at(List<Segment> segments, int port) {
    return segments.stream()
        .filter(s -> s.low() <= port && port <= s.high())
        .map(Segment::peers)
        .findFirst()
        .orElse(AddressSet.EMPTY);
  }

  /** Adds a segment, joined with the one before if they say the same. */
  private static void add(List<Segment> segments, Segment segment) {
    if (segment.peers().isEmpty()) {
      return;
    }
    int last = segments.size() - 1;
    if (last >= 0
        && segments.get(last).high() + 1 == segment.low()
        && segments.get(last).peers().equals(segment.peers())) {
      segments.set(last, new Segment(segments.get(last).low(), segment.high(), segment.peers()));
    } else {
      segments.add(segment);
    }
  }
}
