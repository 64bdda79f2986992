package io.secamo.processes.process.firewallchange;

import io.secamo.processes.api.FirewallChangeSpec;
import io.secamo.processes.api.ProcessStatus.Effect;
import io.secamo.processes.api.ProcessStatus.EffectState;
import io.secamo.processes.connector.ConnectionFacts;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.FirewallProvider.LiveRule;
import io.secamo.processes.connector.IdempotencyKey;
import io.secamo.processes.engine.Effects;
import io.secamo.processes.engine.Turn;
import io.secamo.processes.evidence.Chain.Happening;
import io.secamo.processes.firewall.Rule;
import io.secamo.processes.process.Surroundings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the firewall change does at the firewall. */
final class Wall {
  static final String APPLY = "Apply";

  /** How long what the firewall lists may lag behind what it accepted. */
  private static final Duration SETTLE = Duration.ofSeconds(10);

  private final Surroundings around;

  Wall(Surroundings around) {
    this.around = around;
  }

  /** What the change would do, looked at now. */
  Prospect look(Turn<FirewallChangeSpec> turn) {
    FirewallProvider firewall = firewall(turn);
    List<LiveRule> live = firewall.observe(group(turn));
    // After the look, which may have signed in anew: the account must be that of these rules.
    String account = firewall.account().description();
    return new Prospect(Asked.of(turn.spec()), live, account, connection(turn), marker(turn));
  }

  /** One key for each rule. */
  List<IdempotencyKey> keys(Turn<FirewallChangeSpec> turn) {
    return Asked.of(turn.spec()).rules().stream().map(rule -> key(turn, rule)).toList();
  }

  /** Makes sure that each rule is there. */
  void open(Turn<FirewallChangeSpec> turn, Effects.Announced announced) {
    FirewallProvider firewall = firewall(turn);
    Marker marker = marker(turn);
    for (Rule rule : Asked.of(turn.spec()).rules()) {
      LiveRule live =
          announced.perform(
              key(turn, rule),
              () -> firewall.add(group(turn), rule, marker.text(rule)),
              LiveRule::id,
              there -> marker.ours(there.marker()));
      turn.journal()
          .tell(
              Happening.of("Applied", rule + " on " + group(turn), "id " + live.id()), turn.now());
      if (!live.rule().equals(rule)) {
        throw new IllegalStateException("the firewall answered " + live.rule() + " to " + rule);
      }
    }
  }

  /** Records what of the change is there as made. */
  void adopt(Turn<FirewallChangeSpec> turn, Prospect seen) {
    for (LiveRule rule : seen.ours()) {
      String key = key(turn, rule.rule()).value();
      turn.journal().settle(APPLY, key, EffectState.DONE, rule.id());
    }
  }

  /** What of the change is not on the firewall, for people. */
  Optional<String> missing(Turn<FirewallChangeSpec> turn) {
    List<Rule> live = firewall(turn).observe(group(turn)).stream().map(LiveRule::rule).toList();
    List<Rule> missing =
        Asked.of(turn.spec()).rules().stream().filter(rule -> !live.contains(rule)).toList();
    if (!missing.isEmpty()
        && turn.journal().standing(APPLY).stream().anyMatch(effect -> fresh(effect, turn))) {
      throw new ConnectorFailure.Transient(
          "security group " + group(turn) + " does not show " + missing.get(0) + " yet", null);
    }
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "not found on security group "
                + group(turn)
                + " after it was added: "
                + missing.get(0));
  }

  /** Removes what the change added, unless another request needs it, and sees that it is gone. */
  void remove(Turn<FirewallChangeSpec> turn) {
    FirewallProvider firewall = firewall(turn);
    List<LiveRule> live = firewall.observe(group(turn));
    for (Effect effect : turn.journal().standing(APPLY)) {
      Optional<String> rule = find(turn, effect, live);
      if (rule.isEmpty() && effect.state() == EffectState.INTENDED && fresh(effect, turn)) {
        throw new ConnectorFailure.Transient(
            "a rule that may have been added a moment ago may still show up", null);
      }
      EffectState state = EffectState.REVERTED;
      if (rule.isPresent()) {
        state = letGo(turn, firewall, rule.get());
      }
      turn.journal().settle(APPLY, effect.key(), state, rule.orElse(null));
    }
  }

  private EffectState letGo(Turn<FirewallChangeSpec> turn, FirewallProvider firewall, String rule) {
    if (around.alsoNeededBy(turn.request().uid(), rule, turn.now()).isPresent()) {
      return EffectState.RELEASED;
    }
    firewall.remove(group(turn), rule);
    return EffectState.REVERTED;
  }

  /** Whether the firewall's own view may lag behind what was done to it. */
  private static boolean fresh(Effect effect, Turn<?> turn) {
    return effect.intendedAt() != null && turn.now().isBefore(effect.intendedAt().plus(SETTLE));
  }

  /**
   * By the id that was recorded, also if the list does not show it: a list may lag, and removing
   * what is gone does no harm. If the answer was lost, by our own marker.
   */
  private Optional<String> find(Turn<FirewallChangeSpec> turn, Effect effect, List<LiveRule> live) {
    Marker marker = marker(turn);
    String id = effect.externalId();
    if (id != null) {
      boolean foreign =
          live.stream().anyMatch(rule -> rule.id().equals(id) && !marker.ours(rule.marker()));
      return foreign ? Optional.empty() : Optional.of(id);
    }
    return live.stream()
        .filter(rule -> marker.mine(rule.marker()))
        .filter(rule -> key(turn, rule.rule()).value().equals(effect.key()))
        .map(LiveRule::id)
        .findFirst();
  }

  private FirewallProvider firewall(Turn<FirewallChangeSpec> turn) {
    return around.systems(turn.request().namespace()).firewall(turn.spec().connection());
  }

  /** Whether some of the change is on the firewall already. */
  boolean begun(Turn<FirewallChangeSpec> turn) {
    return turn.journal().effects().stream()
        .anyMatch(e -> e.step().equals(APPLY) && e.state() != EffectState.INTENDED);
  }

  /** The same text for the same security group of the same connection. */
  String target(Turn<FirewallChangeSpec> turn) {
    return connection(turn).identity() + "/" + group(turn);
  }

  /** The Connection that leads to the firewall, as it is now. */
  ConnectionFacts connection(Turn<FirewallChangeSpec> turn) {
    return around.systems(turn.request().namespace()).facts(turn.spec().connection());
  }

  private Marker marker(Turn<FirewallChangeSpec> turn) {
    return new Marker(around.clusterId(), turn.request());
  }

  private IdempotencyKey key(Turn<FirewallChangeSpec> turn, Rule rule) {
    return IdempotencyKey.of(around.clusterId(), turn.request().uid(), APPLY, rule.toString());
  }

  private static String group(Turn<FirewallChangeSpec> turn) {
    return turn.spec().target().securityGroup();
  }
}
