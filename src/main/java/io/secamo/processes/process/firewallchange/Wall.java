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
import io.secamo.processes.connector.Systems;
import io.secamo.processes.effect.Effects;
import io.secamo.processes.effect.Intended;
import io.secamo.processes.effect.Place;
import io.secamo.processes.engine.Turn;
import io.secamo.processes.firewall.Rule;
import io.secamo.processes.process.Surroundings;
import io.secamo.processes.process.firewallchange.asked.Asked;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the firewall change does at the firewall. */
final class Wall {
  static final String APPLY = Asked.APPLY;

  private final Surroundings around;

  /**
   * What the firewall shows at one moment of what a request names.
   *
   * @param group the security group with the rules that are there
   * @param account whose firewall it is
   */
  record Sight(FirewallProvider.Group group, Account account) {}

  Wall(Surroundings around) {
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
  Prospect prospect(Turn<FirewallChangeSpec> turn, Sight seen) {
    ConnectionFacts connection = connection(turn);
    Place place = new Place(connection.identity(), seen.account().id(), seen.group().id());
    Owners owners = owners(turn, place, seen.group().rules());
    return new Prospect(Asked.of(turn.spec()), seen.group(), seen.account(), connection, owners);
  }

  private Owners owners(Turn<FirewallChangeSpec> turn, Place place, List<LiveRule> live) {
    return new Owners(
        marker(turn),
        left(turn, place, live),
        around.needed(turn.request().uid(), place, turn.now()));
  }

  /** One change for each rule. */
  List<Intended> changes(Turn<FirewallChangeSpec> turn) {
    return Asked.of(turn.spec()).rules().stream()
        .map(rule -> Made.opening(key(turn, rule), rule, group(turn)))
        .toList();
  }

  /** What its effects made. */
  Made made(Turn<FirewallChangeSpec> turn) {
    return new Made(turn, around.clusterId());
  }

  /** Makes sure that each rule is there, in the group that was looked at: names can be moved. */
  void open(Turn<FirewallChangeSpec> turn, Effects.Announced announced, Place place) {
    new Opening(around, turn, this, firewall(turn)).all(announced, place);
  }

  /** Whether some request of this cluster still answers for a rule that is there. */
  boolean answeredFor(Turn<FirewallChangeSpec> turn, Place place, LiveRule there) {
    return around.answeredFor(
        turn.request().uid(),
        place,
        there.id(),
        uid -> marker(turn).by(uid, there.marker()),
        turn.now());
  }

  /** Rules in the way of what is asked for that requests of this cluster made and left behind. */
  private Set<String> left(Turn<FirewallChangeSpec> turn, Place place, List<LiveRule> live) {
    Marker marker = marker(turn);
    List<Rule> wanted = Asked.of(turn.spec()).rules();
    return live.stream()
        .filter(rule -> marker.ours(rule.marker()) && !marker.mine(rule.marker()))
        .filter(rule -> wanted.stream().anyMatch(rule.rule()::overlaps))
        .filter(rule -> !answeredFor(turn, place, rule))
        .map(LiveRule::id)
        .collect(Collectors.toSet());
  }

  /** What of the change is not on the firewall, for people. */
  Optional<String> missing(Turn<FirewallChangeSpec> turn) {
    FirewallProvider firewall = firewall(turn);
    List<Effect> made = turn.journal().effects().standing(APPLY);
    made.forEach(effect -> leadsTo(turn, effect, connection(turn)));
    List<Rule> live = where(firewall, turn, made).stream().map(LiveRule::rule).toList();
    made.forEach(effect -> sameAccount(turn, effect, firewall));
    List<Rule> missing =
        Asked.of(turn.spec()).rules().stream().filter(rule -> !live.contains(rule)).toList();
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

  /** Removes what the change added, unless another request needs it, and sees that it is gone. */
  void remove(Turn<FirewallChangeSpec> turn) {
    new Removal(around, turn, this, toUndo(turn).firewall(connectionThen(turn))).all();
  }

  /** Where an effect was made, as far as that was recorded. */
  Optional<Place> madeAt(Turn<FirewallChangeSpec> turn, Effect effect) {
    return Place.of(effect, turn.journal().plan());
  }

  /**
   * Before anything is asked or removed: the Connection may lead elsewhere by now.
   *
   * @throws ConnectorFailure.Refused if it does, and what made the effect is not remembered
   */
  void sameConnection(Turn<FirewallChangeSpec> turn, Effect effect) {
    leadsTo(turn, effect, toUndo(turn).facts(made(turn).connection(effect)));
  }

  private void leadsTo(Turn<FirewallChangeSpec> turn, Effect effect, ConnectionFacts now) {
    Optional<String> then = madeAt(turn, effect).map(Place::connection);
    if (then.filter(made -> !Place.leadsToTheSame(made, now.identity())).isPresent()) {
      throw new ConnectorFailure.Refused(Texts.leadsElsewhere(turn, effect, then.get(), now));
    }
  }

  /**
   * The same for whom the calls so far stood for.
   *
   * @throws ConnectorFailure.Refused if that is somebody else
   * @throws ConnectorFailure.Transient if it was, and is the right one when signed in anew: what
   *     was answered so far does not count
   */
  void sameAccount(Turn<FirewallChangeSpec> turn, Effect effect, FirewallProvider firewall) {
    Optional<String> made = madeAt(turn, effect).map(Place::account);
    if (made.filter(then -> !firewall.account().is(then)).isEmpty()) {
      return;
    }
    Account now = firewall.check();
    if (now.is(made.get())) {
      throw new ConnectorFailure.Transient("the connection acted for another account", null);
    }
    throw elsewhere(turn, effect, made.get(), now.description());
  }

  /**
   * Before anything is made: what an earlier attempt may have made elsewhere must not be lost sight
   * of.
   *
   * @throws ConnectorFailure.Refused if it was somewhere else
   */
  void samePlace(Turn<FirewallChangeSpec> turn, Prospect now) {
    for (Effect effect : turn.journal().effects().standing(APPLY)) {
      leadsTo(turn, effect, connection(turn));
      Optional<Place> then = madeAt(turn, effect);
      if (then.isPresent() && !now.account().is(then.get().account())) {
        throw elsewhere(turn, effect, then.get().account(), now.account().description());
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
      throw elsewhere(turn, effect, "group " + then, "group " + now);
    }
    if (fresh(effect, turn)) {
      throw new ConnectorFailure.Transient(
          "a rule that may have been added a moment ago may still show up", null);
    }
    turn.journal().effects().notDone(effect.key());
  }

  private static ConnectorFailure.Refused elsewhere(
      Turn<FirewallChangeSpec> turn, Effect effect, String then, String now) {
    return new ConnectorFailure.Refused(Texts.leadsElsewhere(turn, effect, then, now));
  }

  /** Whether the firewall's own view may lag behind what was done to it. */
  boolean fresh(Effect effect, Turn<FirewallChangeSpec> turn) {
    Duration settle = toUndo(turn).firewall(made(turn).connection(effect)).settleWindow();
    return effect.intendedAt() != null && turn.now().isBefore(effect.intendedAt().plus(settle));
  }

  /** With what made it, which the Connection and its Secret need not be any more. */
  private Systems toUndo(Turn<FirewallChangeSpec> turn) {
    Systems now = around.systems(turn.request().namespace());
    return turn.journal().effects().standing(APPLY).stream()
        .flatMap(effect -> madeAt(turn, effect).stream())
        .findFirst()
        .map(place -> now.toUndo(new Systems.Origin(place.connection(), place.account())))
        .orElseGet(now::toUndo);
  }

  /** All effects of a request are made through one Connection. */
  private String connectionThen(Turn<FirewallChangeSpec> turn) {
    return turn.journal().effects().standing(APPLY).stream()
        .findFirst()
        .map(made(turn)::connection)
        .orElseGet(() -> turn.spec().connection());
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
    return new Marker(around.clusterId(), turn.request());
  }

  IdempotencyKey key(Turn<FirewallChangeSpec> turn, Rule rule) {
    return Asked.key(around.clusterId(), turn.request().uid(), rule);
  }

  private static String group(Turn<FirewallChangeSpec> turn) {
    return turn.spec().target().securityGroup();
  }
}
