package io.secamo.processes.process.firewallchange;

import io.secamo.processes.api.Effect;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.connector.IdempotencyKey;
import io.secamo.processes.effect.Intended;
import io.secamo.processes.effect.Place;
import io.secamo.processes.engine.Turn;
import io.secamo.processes.firewall.Rule;
import io.secamo.processes.process.firewallchange.asked.Asked;
import java.util.Map;
import java.util.Optional;

/**
 * What an effect made, by what it remembers: the spec is asked only about what earlier versions
 * announced, which remembered less.
 */
record Made(Turn<FirewallChangeSpec> turn, String clusterId) {
  private static final String VERB = "firewall.open";
  private static final String RULE = "rule";
  private static final String GROUP = "group";

  /** What an effect that opens a rule has to remember. */
  static Intended opening(IdempotencyKey key, Rule rule, String group) {
    return new Intended(key, VERB, Map.of(RULE, rule.toString(), GROUP, group));
  }

  /** The rule; empty if neither the effect nor the request knows it. */
  Optional<Rule> rule(Effect effect) {
    return effect
        .undo(RULE)
        .map(Rule::parse)
        .or(
            () ->
                Asked.of(turn.spec()).rules().stream()
                    .filter(rule -> key(rule).value().equals(effect.key()))
                    .findFirst());
  }

  private IdempotencyKey key(Rule rule) {
    return Asked.key(clusterId, turn.request().uid(), rule);
  }

  /** Name or id of the security group, as the request named it then. */
  String group(Effect effect) {
    return effect.undo(GROUP).orElseGet(() -> turn.spec().target().securityGroup());
  }

  /** Name of the Connection through which it was made. */
  String connection(Effect effect) {
    return Optional.ofNullable(effect.connection())
        .flatMap(unused -> Place.of(effect, turn.journal().plan()))
        .map(Place::connectionName)
        .orElseGet(() -> turn.spec().connection());
  }
}
