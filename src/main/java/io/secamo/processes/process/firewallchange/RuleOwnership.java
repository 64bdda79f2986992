package io.secamo.processes.process.firewallchange;

import io.secamo.processes.connector.FirewallProvider.LiveRule;
import io.secamo.processes.firewall.change.OpenRule;
import io.secamo.processes.process.Others.Needed;
import io.secamo.processes.process.opening.Marker;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whose the rules on the firewall are, and how long they stay.
 *
 * @param marker tells our rules from others'
 * @param orphaned ids of rules that are marked as of this cluster, and that no request answers for
 * @param needed by id, who else relies on a rule
 */
record RuleOwnership(Marker marker, Set<String> orphaned, Map<String, List<Needed>> needed) {
  /** Keeps its own copies. */
  RuleOwnership {
    orphaned = Set.copyOf(orphaned);
    needed = Map.copyOf(needed);
  }

  /** Whether some request of this cluster answers for a rule. */
  boolean answeredForInCluster(LiveRule rule) {
    return marker.ofThisCluster(rule.marker()) && !orphaned.contains(rule.id());
  }

  /** Whether this very request made a rule. */
  boolean ofThisRequest(LiveRule rule) {
    return marker.ofThisRequest(rule.marker());
  }

  /** What there is besides this request, and until when. */
  List<OpenRule> besides(List<LiveRule> live) {
    return live.stream().flatMap(rule -> besides(rule).stream()).toList();
  }

  /**
   * What is marked as ours, and has nobody who relies on it, is about to be removed, or was made by
   * this very request, or is not known yet: it covers nothing. Neither does what nobody has
   * approved yet.
   */
  private Optional<OpenRule> besides(LiveRule rule) {
    List<Needed> by = needed.getOrDefault(rule.id(), List.of());
    if (by.isEmpty()) {
      return answeredForInCluster(rule)
          ? Optional.empty()
          : Optional.of(OpenRule.lasting(rule.rule()));
    }
    return Needed.longest(by.stream().filter(Needed::approved))
        .map(longest -> new OpenRule(rule.rule(), longest.until(), longest.by()));
  }
}
