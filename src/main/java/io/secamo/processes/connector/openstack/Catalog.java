package io.secamo.processes.connector.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.http.HttpEndpoint;
import io.secamo.processes.connector.http.VendorText;
import io.secamo.processes.text.Trailing;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the network service in the catalogue that comes with a Keystone token. */
final class Catalog {
  private static final int NAME = 100;
  private static final int NAMES_SHOWN = 10;

  /** As many as the endpoint of a connection may have. */
  private static final int LONGEST_ADDRESS = 300;

  private static final String VERSION = "/v2.0";

  private final @Nullable String region;
  private final Function<String, HttpEndpoint> connect;

  /** The last one, so that not each sign-in makes a new one. */
  private volatile @Nullable Known known;

  private record Known(String address, HttpEndpoint endpoint) {}

  /**
   * For one region.
   *
   * @param region null means the first
   * @param connect makes the endpoint of an address; refuses one that must not be used
   */
  Catalog(@Nullable String region, Function<String, HttpEndpoint> connect) {
    this.region = region;
    this.connect = connect;
  }

  /**
   * The network service of a project.
   *
   * @param endpoint its public one, without its version
   * @param region where it is; empty if the catalogue does not say
   */
  record Network(HttpEndpoint endpoint, String region) {}

  /** Finds it. */
  Network network(JsonNode catalog) {
    Set<String> regions = new TreeSet<>();
    for (JsonNode service : catalog) {
      boolean network = service.path("type").asText().equals("network");
      for (JsonNode endpoint : service.path("endpoints")) {
        if (network && endpoint.path("interface").asText().equals("public")) {
          String here = endpoint.path("region_id").asText(endpoint.path("region").asText(""));
          if (region == null || region.equals(here)) {
            // It becomes part of whose account it is.
            String named =
                here.isEmpty() ? "" : Identifier.of("region of its network service", here);
            return new Network(connect(endpoint.path("url").asText()), named);
          }
          regions.add(here.isEmpty() ? "(no name)" : VendorText.line(NAME, here));
        }
      }
    }
    throw new ConnectorFailure.Refused(
        regions.isEmpty()
            ? "OpenStack's catalogue has no public endpoint of type network for this project"
            : "OpenStack has no network service in region '"
                + region
                + "': set spec.openStack.region to one of "
                + regions.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "))
                + (regions.size() > NAMES_SHOWN ? ", …" : ""));
  }

  private HttpEndpoint connect(String listed) {
    String address = Trailing.cut("/", listed);
    if (address.length() > LONGEST_ADDRESS) {
      throw new ConnectorFailure.Refused(
          "OpenStack's catalogue names an address for its network service that is longer than "
              + LONGEST_ADDRESS
              + " characters: correct the public endpoint of type network in Keystone");
    }
    String whole =
        address.endsWith(VERSION)
            ? address.substring(0, address.length() - VERSION.length())
            : address;
    Known last = known;
    if (last != null && last.address().equals(whole)) {
      return last.endpoint();
    }
    try {
      HttpEndpoint endpoint = connect.apply(whole);
      known = new Known(whole, endpoint);
      return endpoint;
    } catch (ConnectorFailure.Refused unusable) {
      throw new ConnectorFailure.Refused(
          "OpenStack's catalogue names an address for its network service that must not be used: "
              + unusable.getMessage());
    }
  }
}
