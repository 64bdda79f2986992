package io.secamo.processes.firewall;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv6.IPv6Address;
import java.math.BigInteger;

/**
 * A network in canonical form: no bits behind the prefix, IPv6 text as in RFC 5952.
 *
 * @param text canonical text with prefix length, for example {@code 203.0.113.0/24}
 * @param ipv6 family
 * @param low lowest address as a number
 * @param high highest address as a number
 */
public record Cidr(String text, boolean ipv6, BigInteger low, BigInteger high)
    implements Comparable<Cidr> {
  private static final IPAddressStringParameters STRICT =
      new IPAddressStringParameters.Builder()
          .allowEmpty(false)
          .allowAll(false)
          .allowSingleSegment(false)
          .allowMask(false)
          .allowPrefixOnly(false)
          .allowWildcardedSeparator(false)
          .setRangeOptions(RangeParameters.NO_RANGE)
          .getIPv4AddressParametersBuilder()
          .allow_inet_aton(false)
          .allowLeadingZeros(false)
          .allowBinary(false)
          .getParentBuilder()
          .getIPv6AddressParametersBuilder()
          .allowZone(false)
          .allowBinary(false)
          .allowBase85(false)
          .getParentBuilder()
          .toParams();

  /** How it is said that a network is all of its family. */
  public static final String EVERYWHERE = "the whole internet (%s)";

  /** The whole IPv4 internet. */
  public static final Cidr ANY_IPV4 = parse("0.0.0.0/0");

  /** The whole IPv6 internet. */
  public static final Cidr ANY_IPV6 = parse("::/0");

  /**
   * Reads a network or a single address.
   *
   * @throws IllegalArgumentException with a sentence for people if it is neither, has bits behind
   *     its prefix, or is an IPv4 address in IPv6 clothes
   */
  public static Cidr parse(String text) {
    IPAddress address = address(text);
    if (address.isIPv6() && address.toIPv6().isIPv4Mapped()) {
      throw new IllegalArgumentException(
          "'" + text + "' is an IPv4 address written as IPv6: write it as IPv4");
    }
    return parseCanonical(text);
  }

  /**
   * Reads what {@link #toString} writes. IPv4 in IPv6 clothes is let in: nobody can ask for it, but
   * it can be what is left of {@code ::/0}, and what was written down must be read again.
   */
  static Cidr parseCanonical(String text) {
    IPAddress address = address(text);
    IPAddress network = address.toPrefixBlock();
    if (address.isPrefixed() && !address.getLower().equals(network.getLower())) {
      throw new IllegalArgumentException(
          "'" + text + "' has bits set behind its prefix: write " + canonical(network));
    }
    return of(network);
  }

  /** Reads a network as a vendor stores it: bits behind the prefix are dropped, as vendors do. */
  public static Cidr parseLenient(String text) {
    return of(address(text).toPrefixBlock());
  }

  /** The network of a prefix length that begins at an address given as a number. */
  static Cidr ofNumber(BigInteger low, int prefix, boolean ipv6) {
    IPAddress address = ipv6 ? new IPv6Address(low) : new IPv4Address(low.intValue());
    return of(address.toPrefixBlock(prefix));
  }

  private static Cidr of(IPAddress network) {
    return new Cidr(
        canonical(network),
        network.isIPv6(),
        network.getLower().getValue(),
        network.getUpper().getValue());
  }

  private static IPAddress address(String text) {
    try {
      if (text.chars().anyMatch(Character::isWhitespace)) {
        throw new IllegalArgumentException("the library passes over blanks");
      }
      return new IPAddressString(text, STRICT).toAddress();
    } catch (AddressStringException | RuntimeException notAnAddress) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a network or address: write for example 203.0.113.0/24",
          notAnAddress);
    }
  }

  private static String canonical(IPAddress network) {
    Integer prefix = network.getNetworkPrefixLength();
    String lowest = network.getLower().withoutPrefixLength().toCanonicalString();
    return lowest + "/" + (prefix == null ? network.getBitCount() : prefix);
  }

  @Override
  public int compareTo(Cidr other) {
    if (ipv6 != other.ipv6) {
      return ipv6 ? 1 : -1;
    }
    int byLow = low.compareTo(other.low);
    return byLow != 0 ? byLow : high.compareTo(other.high);
  }

  @Override
  public String toString() {
    return text;
  }
}
