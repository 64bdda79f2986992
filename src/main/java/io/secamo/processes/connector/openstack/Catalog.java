package io.secamo.processes.connector.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.http.HttpEndpoint;
import io.secamo.processes.connector.http.VendorText;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the network service in the catalogue that comes with a Keystone token. */
final class Catalog {
  private static final String NAMELESS = "(no name)";
  private final @Nullable String region;
  private final Function<String, HttpEndpoint> connect;

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
          String here = endpoint.path("region_id").asText(endpoint.path("region").asText(NAMELESS));
          if (region == null || region.equals(here)) {
            String named = here.equals(NAMELESS) ? "" : VendorText.plain(here);
            return new Network(connect(endpoint.path("url").asText()), named);
          }
          regions.add(VendorText.plain(here));
        }
      }
    }
    throw new ConnectorFailure.Refused(
        regions.isEmpty()
            ? "OpenStack's catalogue has no public endpoint of type network for this project"
            : "OpenStack has no network service in region '"
                + region
                + "': set spec.openStack.region to one of "
                + String.join(", ", regions));
  }

  private HttpEndpoint connect(String address) {
    try {
      return connect.apply(address.replaceAll("/+$", "").replaceAll("/v2\\.0$", ""));
    } catch (ConnectorFailure.Refused unusable) {
      throw new ConnectorFailure.Refused(
          "OpenStack's catalogue names an address for its network service that must not be used: "
              + unusable.getMessage());
    }
  }
}
