package io.secamo.processes.connector.http;

import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.Spelling;
import io.secamo.processes.text.Trailing;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a system is: https, or http on this machine only. Calls can change what follows it, never
 * the host.
 */
final class BaseAddress {
  private final String text;
  private final URI uri;

  private BaseAddress(String text, URI uri) {
    this.text = text;
    this.uri = uri;
  }

  /**
   * Reads a base address.
   *
   * @throws ConnectorFailure.Refused if it must not be used
   */
  static BaseAddress of(String address) {
    // It is part of whose account it is.
    String text = Trailing.cut("/", Spelling.of(address.strip()));
    try {
      URI uri = new URI(text);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      boolean whole =
          uri.getHost() != null
              && uri.getUserInfo() == null
              && uri.getQuery() == null
              && uri.getFragment() == null;
      if (whole && (scheme.equals("https") || (scheme.equals("http") && loopback(uri.getHost())))) {
        return new BaseAddress(text, uri);
      }
      if (whole && scheme.equals("http")) {
        throw new ConnectorFailure.Refused(
            "http://"
                + uri.getHost()
                + " would send credentials in the clear: use https (http is allowed on this machine"
                + " only)");
      }
    } catch (URISyntaxException unreadable) {
      // Said below: the text itself may hold a password.
    }
    throw new ConnectorFailure.Refused(
        "the endpoint is not a usable address: write for example https://tickets.example.com,"
            + " without user, ? and #");
  }

  /** By its text, never by asking a name server. */
  private static boolean loopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.matches("127(\\.\\d{1,3}){3}")
        || host.equals("[::1]");
  }

  /** Whether calls go over TLS. */
  boolean https() {
    return uri.getScheme().equalsIgnoreCase("https");
  }

  /** Whether another address, or a path alone, is on the same server. */
  boolean sameServer(URI other) {
    URI there = uri.resolve(other);
    return !other.toString().isEmpty()
        && uri.getScheme().equalsIgnoreCase(there.getScheme())
        && uri.getHost().equalsIgnoreCase(there.getHost())
        && port(uri) == port(there);
  }

  private static int port(URI of) {
    boolean usual = of.getPort() < 0;
    return usual ? (of.getScheme().equalsIgnoreCase("https") ? 443 : 80) : of.getPort();
  }

  /** The address of a call. */
  URI resolve(String path) {
    URI target = URI.create(text + path);
    if (!path.startsWith("/") || !uri.getAuthority().equals(target.getAuthority())) {
      throw new IllegalArgumentException("a path begins with a slash and stays on its host");
    }
    return target;
  }

  @Override
  public String toString() {
    return text;
  }
}
