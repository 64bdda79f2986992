package io.secamo.processes.firewall;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Says in few words where a risk was found: ports and networks, three of each at most. */
final class Whereabouts {
  private static final int MOST = 3;

  /** Ports that these peers reach in a lane. */
  record Hit(Lane lane, PortRange ports, AddressSet peers) {}

  private record Place(Lane lane, AddressSet peers) {}

  private Whereabouts() {}

  /** For example {@code tcp 22, 3389 from 203.0.113.0/24}. */
  static String of(List<Hit> hits) {
    Map<Place, List<PortRange>> places = new LinkedHashMap<>();
    for (Hit hit : hits) {
      places
          .computeIfAbsent(new Place(hit.lane(), hit.peers()), p -> new ArrayList<>())
          .add(hit.ports());
    }
    return few(
        List.copyOf(places.entrySet()), "; ", found -> line(found.getKey(), found.getValue()));
  }

  private static String line(Place place, List<PortRange> ports) {
    boolean every = ports.stream().anyMatch(PortRange.USABLE::equals);
    return place.lane().protocol().name().toLowerCase(Locale.ROOT)
        + (every ? "" : " " + few(ports, ", ", PortRange::toString))
        + " "
        + place.lane().direction().preposition()
        + " "
        + few(place.peers().networks(place.lane().ipv6()), ", ", Cidr::toString);
  }

  private static <T> String few(List<T> things, String comma, Function<T, String> words) {
    String said = String.join(comma, things.stream().limit(MOST).map(words).toList());
    return things.size() > MOST ? said + " and " + (things.size() - MOST) + " more" : said;
  }
}
