package io.secamo.processes.process.firewallchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.FirewallChangeSpec;
import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.ConnectionFacts;
import io.secamo.processes.connector.FirewallProvider.Group;
import io.secamo.processes.connector.FirewallProvider.LiveRule;
import io.secamo.processes.engine.Outcome;
import io.secamo.processes.engine.Request;
import io.secamo.processes.engine.Request.Wish;
import io.secamo.processes.firewall.Rule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a change would do at a firewall, and when there are too many pieces of it to judge. */
class ProspectTest {
  @Test
  void aThousandSeparateAccessesCanBeJudgedAndNoMore() {
    assertThat(nothingToDo("1-1999", 999)).isEmpty();
    assertThat(nothingToDo("1-2001", 1000))
        .get()
        .extracting(end -> ((Outcome.End) end).message())
        .isEqualTo(
            "beside what is open already this opens 1001 separate accesses, at most 1000 can be"
                + " judged: ask for less in a new request");
  }

  @Test
  void aChangeIsMadeOnlyOnceEachOfItsRulesIsThere() {
    FirewallChangeSpec spec = new Wanted().build();
    assertThat(prospect(spec, List.of()).made()).isFalse();
    assertThat(prospect(spec, List.of("Ingress tcp 80 from 203.0.113.0/24")).made()).isFalse();
    assertThat(prospect(spec, List.of("Ingress tcp 443 from 203.0.113.0/24")).made()).isTrue();
  }

  /** Every second port is open already, which cuts what is asked for into single ports. */
  private static Optional<Outcome> nothingToDo(String ports, int holes) {
    FirewallChangeSpec spec = new Wanted().ports(ports).build();
    List<String> live =
        IntStream.rangeClosed(1, holes)
            .mapToObj(i -> "Ingress tcp " + 2 * i + " from 203.0.113.0/24")
            .toList();
    return prospect(spec, live).nothingToDo(spec);
  }

  private static Prospect prospect(FirewallChangeSpec spec, List<String> live) {
    List<LiveRule> rules =
        live.stream().map(text -> new LiveRule("id", Rule.parse(text), "made by hand")).toList();
    Request<FirewallChangeSpec> request =
        new Request<>(
            "uid", "team-a", "web", 1, Instant.EPOCH, Wish.PROCEED, "joe", Map.of(), spec);
    return new Prospect(
        Asked.of(spec),
        new Group("group-id", rules),
        new Account("account"),
        new ConnectionFacts("sandbox", "uid", "Sandbox", "", Map.of()),
        new Marker("c1u5te12", request),
        Set.of());
  }
}
