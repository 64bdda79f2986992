package io.secamo.processes.firewall;

import java.util.List;
import java.util.stream.Stream;

/** Which addresses anybody on the internet may have, and which are set aside. */
public final class AddressSpace {
  /**
   * Private use (RFC 1918), shared (RFC 6598), loopback, link-local, multicast and class E.
   * Documentation networks (192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24, 2001:db8::/32) are not
   * here: they count as public, because examples and tests use them in the place of real public
   * addresses.
   */
  private static final AddressSet RESERVED_IPV4 =
      networks(
          "10.0.0.0/8",
          "172.16.0.0/12",
          "192.168.0.0/16",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "224.0.0.0/4",
          "240.0.0.0/4");

  /** Loopback, unique local (RFC 4193), link-local and multicast. */
  private static final AddressSet RESERVED_IPV6 =
      networks("::1/128", "fc00::/7", "fe80::/10", "ff00::/8");

  /** Private networks that are too big to be opened as a whole. */
  static final List<AddressSet> WIDE_PRIVATE =
      List.of(networks("10.0.0.0/8"), networks("172.16.0.0/12"));

  private AddressSpace() {}

  /** The public ones of some addresses. */
  public static AddressSet publicOf(AddressSet some, boolean ipv6) {
    return some.minus(ipv6 ? RESERVED_IPV6 : RESERVED_IPV4);
  }

  /** Those stretches of addresses that have public ones among them, as they were given. */
  static AddressSet touchingPublic(AddressSet some, boolean ipv6) {
    return new AddressSet(
        some.ranges().stream()
            .filter(range -> !publicOf(new AddressSet(List.of(range)), ipv6).isEmpty())
            .toList());
  }

  /** All addresses of a family. */
  static AddressSet all(boolean ipv6) {
    return AddressSet.of(ipv6 ? Cidr.ANY_IPV6 : Cidr.ANY_IPV4);
  }

  private static AddressSet networks(String... texts) {
    return AddressSet.of(Stream.of(texts).map(Cidr::parse).toList());
  }
}
