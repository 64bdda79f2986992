package io.secamo.processes.process.firewallchange;

import io.secamo.processes.api.Effect;
import io.secamo.processes.api.EffectState;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.ConnectionFacts;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.FirewallProvider.LiveRule;
import io.secamo.processes.connector.IdempotencyKey;
import io.secamo.processes.effect.Effects;
import io.secamo.processes.effect.Intended;
import io.secamo.processes.effect.Place;
import io.secamo.processes.engine.Turn;
import io.secamo.processes.firewall.Rule;
import io.secamo.processes.process.Surroundings;
import io.secamo.processes.process.firewallchange.requested.RequestedChange;
import io.secamo.processes.process.opening.Marker;
import io.secamo.processes.process.opening.Opened;
import io.secamo.processes.process.opening.Opening;
import io.secamo.processes.process.opening.SamePlace;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the firewall change does at the firewall. */
final class TargetFirewall {
  static final String APPLY = Opened.STEP;

  private final Surroundings around;

  /**
   * What the firewall shows at one moment of what a request names.
   *
   * @param group the security group with the rules that are there
   * @param account whose firewall it is
   */
  record Sight(FirewallProvider.Group group, Account account) {}

  TargetFirewall(Surroundings around) {
    this.around = around;
  }

  /** The group that the request names, looked at now. */
  Sight see(Turn<FirewallChangeSpec> turn) {
    FirewallProvider firewall = firewall(turn);
    FirewallProvider.Group live = firewall.observe(group(turn));
    // After the look, which may have signed in anew: the account must be that of these rules.
    return new Sight(live, firewall.account());
  }

  /** What the change would do to what was seen. */
  DraftPlan draft(Turn<FirewallChangeSpec> turn, Sight seen) {
    ConnectionFacts connection = connection(turn);
    Place place = new Place(connection.identity(), seen.account().id(), seen.group().id());
    Owners owners = owners(turn, place, seen.group().rules());
    return new DraftPlan(
        RequestedChange.of(turn.spec()), seen.group(), seen.account(), connection, owners);
  }

  private Owners owners(Turn<FirewallChangeSpec> turn, Place place, List<LiveRule> live) {
    return new Owners(
        marker(turn),
        left(turn, place, live),
        around.needed(turn.request().uid(), place, turn.now()));
  }

  /** One change for each rule. */
  List<Intended> changes(Turn<FirewallChangeSpec> turn) {
    return RequestedChange.of(turn.spec()).rules().stream()
        .map(rule -> Opened.opening(key(turn, rule), rule, group(turn)))
        .toList();
  }

  /** Makes sure that each rule is there, in the group that was looked at: names can be moved. */
  void open(Turn<FirewallChangeSpec> turn, Effects.Announced announced, Place place) {
    new Opening(around, turn, firewall(turn))
        .all(announced, place, group(turn), RequestedChange.of(turn.spec()).rules());
  }

  /** Rules in the way of what is asked for that requests of this cluster made and left behind. */
  private Set<String> left(Turn<FirewallChangeSpec> turn, Place place, List<LiveRule> live) {
    Marker marker = marker(turn);
    List<Rule> wanted = RequestedChange.of(turn.spec()).rules();
    return live.stream()
        .filter(rule -> marker.ours(rule.marker()) && !marker.mine(rule.marker()))
        .filter(rule -> wanted.stream().anyMatch(rule.rule()::overlaps))
        .filter(rule -> !marker.answeredFor(around, place, rule, turn.now()))
        .map(LiveRule::id)
        .collect(Collectors.toSet());
  }

  /** What of the change is not on the firewall, for people. */
  Optional<String> missing(Turn<FirewallChangeSpec> turn) {
    FirewallProvider firewall = firewall(turn);
    List<Effect> made = turn.journal().effects().standing(APPLY);
    made.forEach(effect -> SamePlace.leadsTo(turn.owner(), effect, connection(turn)));
    List<Rule> live = where(firewall, turn, made).stream().map(LiveRule::rule).toList();
    made.forEach(effect -> SamePlace.sameAccount(turn.owner(), effect, firewall));
    List<Rule> missing =
        RequestedChange.of(turn.spec()).rules().stream()
            .filter(rule -> !live.contains(rule))
            .toList();
    if (!missing.isEmpty() && made.stream().anyMatch(effect -> fresh(effect, turn))) {
      throw new ConnectorFailure.Transient(
          "security group " + group(turn) + " does not show " + missing.get(0) + " yet", null);
    }
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "not found on security group %s after it was added: %s"
                .formatted(group(turn), missing.get(0)));
  }

  /** The rules of the group in which it was made: by its name there may be another one by now. */
  private static List<LiveRule> where(
      FirewallProvider firewall, Turn<FirewallChangeSpec> turn, List<Effect> made) {
    Optional<String> target =
        made.stream().map(Effect::target).filter(Objects::nonNull).findFirst();
    return target.isPresent()
        ? firewall.group(target.get()).map(FirewallProvider.Group::rules).orElse(List.of())
        : firewall.observe(group(turn)).rules();
  }

  /**
   * Before anything is made: what an earlier attempt may have made elsewhere must not be lost sight
   * of.
   *
   * @throws ConnectorFailure.Refused if it was somewhere else
   */
  void samePlace(Turn<FirewallChangeSpec> turn, DraftPlan now) {
    for (Effect effect : turn.journal().effects().standing(APPLY)) {
      SamePlace.leadsTo(turn.owner(), effect, connection(turn));
      Optional<Place> then = turn.owner().place(effect);
      if (then.isPresent() && !now.account().is(then.get().account())) {
        throw SamePlace.elsewhere(
            turn.owner(), effect, then.get().account(), now.account().description());
      }
      String target = then.map(Place::target).orElse("");
      if (!target.isEmpty() && !target.equals(now.group().id())) {
        anotherGroup(turn, effect, target, now.group().id());
      }
    }
  }

  /** What was announced for another group and is not there was not made. */
  private void anotherGroup(Turn<FirewallChangeSpec> turn, Effect effect, String then, String now) {
    boolean there =
        firewall(turn).group(then).stream()
            .flatMap(group -> group.rules().stream())
            .anyMatch(rule -> marker(turn).mine(rule.marker()));
    if (effect.state() != EffectState.INTENDED || there) {
      throw SamePlace.elsewhere(turn.owner(), effect, "group " + then, "group " + now);
    }
    if (fresh(effect, turn)) {
      throw new ConnectorFailure.Transient(
          "a rule that may have been added a moment ago may still show up", null);
    }
    turn.journal().effects().notDone(effect.key());
  }

  /** Whether the firewall's own view may lag behind what was done to it. */
  private boolean fresh(Effect effect, Turn<FirewallChangeSpec> turn) {
    Duration settle = firewall(turn).settleWindow();
    return effect.intendedAt() != null && turn.now().isBefore(effect.intendedAt().plus(settle));
  }

  private FirewallProvider firewall(Turn<FirewallChangeSpec> turn) {
    return around.systems(turn.request().namespace()).firewall(turn.spec().connection());
  }

  /** Whether some of the change is on the firewall already. */
  boolean begun(Turn<FirewallChangeSpec> turn) {
    return turn.journal().effects().all().stream()
        .anyMatch(e -> e.step().equals(APPLY) && e.state() != EffectState.INTENDED);
  }

  /** Whether this request has recorded that a rule is there. */
  boolean recorded(Turn<FirewallChangeSpec> turn, Rule rule) {
    return turn.journal().effects().of(key(turn, rule)).stream()
        .anyMatch(e -> e.state() != EffectState.INTENDED);
  }

  /** The same text for the same security group of the same connection. */
  String target(Turn<FirewallChangeSpec> turn) {
    return connection(turn).identity() + "/" + group(turn);
  }

  /** The Connection that leads to the firewall, as it is now. */
  ConnectionFacts connection(Turn<FirewallChangeSpec> turn) {
    return around.systems(turn.request().namespace()).facts(turn.spec().connection());
  }

  Marker marker(Turn<FirewallChangeSpec> turn) {
    return new Marker(around.clusterId(), turn.request().uid(), turn.request().address());
  }

  IdempotencyKey key(Turn<FirewallChangeSpec> turn, Rule rule) {
    return Opened.key(around.clusterId(), turn.request().uid(), rule);
  }

  private static String group(Turn<FirewallChangeSpec> turn) {
    return turn.spec().target().securityGroup();
  }
}
