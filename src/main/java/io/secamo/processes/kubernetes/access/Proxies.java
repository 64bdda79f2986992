package io.secamo.processes.kubernetes.access;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import io.fabric8.kubernetes.client.Config;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The proxy that the environment has for a server, as kubectl finds it (Go, {@code
 * golang.org/x/net/http/httpproxy}). The client library (fabric8 7.8.0, {@code HttpClientUtils})
 * cannot be built when NO_PROXY has a blank or a star, takes an empty entry in it for all hosts,
 * and reads no small letters.
 */
final class Proxies {
  private static final Pattern ADDRESS =
      Pattern.compile("(?:\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9a-f]*:[0-9a-f:.]*)(?:/\\d{1,3})?");
  private static final Pattern WITH_PORT = Pattern.compile("(\\[.*]|[^:]*):(\\d+)");
  private final Map<String, String> environment;

  Proxies(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * The proxy on the way to a server, completed to an address; empty if there is none.
   *
   * @throws UnknownCluster if what is named cannot be one
   */
  Optional<String> to(URI server) {
    String variable = server.getScheme().toUpperCase(Locale.ROOT) + "_PROXY";
    String proxy = variable(variable);
    return proxy.isEmpty() || directly(server)
        ? Optional.empty()
        : Optional.of(completed(variable, proxy));
  }

  /** Leaves the library nothing to decide: it looks at other variables, and reads them worse. */
  void use(Config config, URI server, Optional<String> proxy) {
    boolean https = server.getScheme().equalsIgnoreCase("https");
    config.setHttpProxy(https ? null : proxy.orElse(null));
    config.setHttpsProxy(https ? proxy.orElse(null) : null);
    config.setNoProxy(new String[0]);
    config.setProxyUsername(environment.get("PROXY_USERNAME"));
    config.setProxyPassword(environment.get("PROXY_PASSWORD"));
  }

  private String variable(String name) {
    String large = environment.getOrDefault(name, "");
    return large.isEmpty() ? environment.getOrDefault(name.toLowerCase(Locale.ROOT), "") : large;
  }

  /**
   * The whole address of a proxy. It may carry a password, so it is never shown.
   *
   * @param source what names it, for people
   */
  static String completed(String source, String proxy) {
    URI address;
    try {
      address = new URI(proxy.contains("://") ? proxy.strip() : "http://" + proxy.strip());
    } catch (URISyntaxException noAddress) {
      throw noProxy(source);
    }
    String scheme = address.getScheme().toLowerCase(Locale.ROOT);
    if (scheme.startsWith("socks")) {
      throw new UnknownCluster(
          source + " names a SOCKS proxy, which cannot be used here; name an HTTP proxy");
    }
    if (address.getHost() == null || !scheme.startsWith("http")) {
      throw noProxy(source);
    }
    int usual = scheme.equals("https") ? 443 : 80;
    return scheme
        + "://"
        + (address.getRawUserInfo() == null ? "" : address.getRawUserInfo() + "@")
        + address.getHost()
        + ":"
        + (address.getPort() >= 0 ? address.getPort() : usual);
  }

  private static UnknownCluster noProxy(String source) {
    return new UnknownCluster(source + " is no address of a proxy; write http://HOST:PORT");
  }

  /** Also to what runs on the same machine. */
  private boolean directly(URI server) {
    String host = server.getHost().replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT);
    boolean https = server.getScheme().equalsIgnoreCase("https");
    int port = server.getPort() >= 0 ? server.getPort() : https ? 443 : 80;
    Optional<IPAddress> address = address(host);
    return host.equals("localhost")
        || address.map(IPAddress::isLoopback).orElse(false)
        || Arrays.stream(variable("NO_PROXY").split(","))
            .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
            .filter(entry -> !entry.isEmpty())
            .anyMatch(entry -> entry.equals("*") || covers(entry, host, address, port));
  }

  private static boolean covers(String entry, String host, Optional<IPAddress> address, int port) {
    Matcher split = WITH_PORT.matcher(entry);
    boolean withPort = split.matches();
    String name = (withPort ? split.group(1) : entry).replaceAll("^\\[|]$", "");
    if (name.isEmpty() || (withPort && !split.group(2).equals(Integer.toString(port)))) {
      return false;
    }
    Optional<IPAddress> range = address(name);
    if (range.isPresent()) {
      return address.isPresent() && range.get().toPrefixBlock().contains(address.get());
    }
    String domain = name.startsWith("*.") ? name.substring(1) : name;
    return domain.startsWith(".")
        ? host.endsWith(domain)
        : host.equals(domain) || host.endsWith("." + domain);
  }

  private static Optional<IPAddress> address(String text) {
    return ADDRESS.matcher(text).matches()
        ? Optional.ofNullable(new IPAddressString(text).getAddress())
        : Optional.empty();
  }
}
