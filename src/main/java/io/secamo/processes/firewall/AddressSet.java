package io.secamo.processes.firewall;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A set of addresses of one family. Ranges are sorted, disjoint and not adjacent, so two sets are
 * equal exactly when they hold the same addresses.
 *
 * @param ranges in ascending order
 */
public record AddressSet(List<Range> ranges) {
  /** A range of addresses can come to two hundred networks, in each of many stretches of ports. */
  private static final int MOST_NETWORKS = 50_000;

  /** No address. */
  public static final AddressSet EMPTY = new AddressSet(List.of());

  /** Addresses from low to high, both included; numbers of at most 128 bits. */
  public record Range(BigInteger low, BigInteger high) {
    /** Checks the order. */
    public Range {
      if (low.compareTo(high) > 0) {
        throw new IllegalArgumentException("a range goes from low to high");
      }
    }
  }

  /** Sorts and joins what comes in another order, and keeps its own copy. */
  public AddressSet {
    ranges = canonical(ranges);
  }

  /** The addresses of a network. */
  public static AddressSet of(Cidr network) {
    return new AddressSet(List.of(new Range(network.low(), network.high())));
  }

  /** The addresses of several networks of one family. */
  public static AddressSet of(List<Cidr> networks) {
    return new AddressSet(networks.stream().map(n -> new Range(n.low(), n.high())).toList());
  }

  /** Addresses in this or the other. */
  public AddressSet plus(AddressSet other) {
    List<Range> all = new ArrayList<>(ranges);
    all.addAll(other.ranges);
    return new AddressSet(all);
  }

  /** Addresses in this but not in the other. */
  public AddressSet minus(AddressSet other) {
    List<Range> left = new ArrayList<>();
    int next = 0;
    for (Range range : ranges) {
      BigInteger low = range.low();
      while (next < other.ranges.size() && other.ranges.get(next).high().compareTo(low) < 0) {
        next++;
      }
      for (int i = next; i < other.ranges.size(); i++) {
        Range cut = other.ranges.get(i);
        if (cut.low().compareTo(range.high()) > 0 || low.compareTo(range.high()) > 0) {
          break;
        }
        if (cut.low().compareTo(low) > 0) {
          left.add(new Range(low, cut.low().subtract(BigInteger.ONE)));
        }
        low = low.max(cut.high().add(BigInteger.ONE));
      }
      if (low.compareTo(range.high()) <= 0) {
        left.add(new Range(low, range.high()));
      }
    }
    return new AddressSet(left);
  }

  /** Addresses in both. */
  public AddressSet and(AddressSet other) {
    return minus(minus(other));
  }

  /** Whether there is no address. */
  public boolean isEmpty() {
    return ranges.isEmpty();
  }

  /** Number of addresses. */
  public BigInteger size() {
    return ranges.stream()
        .map(r -> r.high().subtract(r.low()).add(BigInteger.ONE))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  /**
   * The fewest networks that hold exactly these addresses.
   *
   * @throws TooManyRules if they are more than anybody reads
   */
  public List<Cidr> networks(boolean ipv6) {
    List<Cidr> networks = new ArrayList<>();
    int bits = ipv6 ? 128 : 32;
    for (Range range : ranges) {
      BigInteger low = range.low();
      while (low.compareTo(range.high()) <= 0) {
        BigInteger room = range.high().subtract(low).add(BigInteger.ONE);
        int aligned = low.signum() == 0 ? bits : Math.min(bits, low.getLowestSetBit());
        int size = Math.min(aligned, room.bitLength() - 1);
        networks.add(Cidr.ofNumber(low, bits - size, ipv6));
        low = low.add(BigInteger.ONE.shiftLeft(size));
      }
      bounded(networks.size());
    }
    return networks;
  }

  /** Checks how many networks are made. */
  static void bounded(int networks) {
    if (networks > MOST_NETWORKS) {
      throw new TooManyRules("networks", MOST_NETWORKS);
    }
  }

  private static List<Range> canonical(List<Range> some) {
    if (isCanonical(some)) {
      return List.copyOf(some);
    }
    List<Range> sorted = new ArrayList<>(some);
    sorted.sort(Comparator.comparing(Range::low));
    List<Range> joined = new ArrayList<>();
    for (Range range : sorted) {
      Range last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null && !apart(last, range)) {
        joined.set(joined.size() - 1, new Range(last.low(), last.high().max(range.high())));
      } else {
        joined.add(range);
      }
    }
    return List.copyOf(joined);
  }

  private static boolean isCanonical(List<Range> some) {
    for (int i = 1; i < some.size(); i++) {
      if (!apart(some.get(i - 1), some.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether at least one address lies between the two. */
  private static boolean apart(Range before, Range after) {
    return after.low().compareTo(before.high().add(BigInteger.ONE)) > 0;
  }
}
