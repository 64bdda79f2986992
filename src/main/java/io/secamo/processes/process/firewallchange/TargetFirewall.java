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
import io.secamo.processes.engine.procedure.StepContext;
import io.secamo.processes.firewall.Rule;
import io.secamo.processes.process.Surroundings;
import io.secamo.processes.process.firewallchange.requested.RequestedChange;
import io.secamo.processes.process.opening.Marker;
import io.secamo.processes.process.opening.OpenEffect;
import io.secamo.processes.process.opening.RuleAdder;
import io.secamo.processes.process.opening.SamePlace;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the firewall change does at the firewall. */
final class TargetFirewall {
  static final String APPLY = OpenEffect.KEY_STEP;

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
  Sight see(StepContext<FirewallChangeSpec> context) {
    FirewallProvider firewall = firewall(context);
    FirewallProvider.Group live = firewall.observe(groupName(context));
    // After the look, which may have signed in anew: the account must be that of these rules.
    return new Sight(live, firewall.account());
  }

  /** What the change would do to what was seen. */
  GroupAssessment assess(StepContext<FirewallChangeSpec> context, Sight seen) {
    ConnectionFacts connection = connection(context);
    Place place = new Place(connection.identity(), seen.account().id(), seen.group().id());
    RuleOwnership owners = ownership(context, place, seen.group().rules());
    return new GroupAssessment(
        RequestedChange.of(context.spec()), seen.group(), seen.account(), connection, owners);
  }

  private RuleOwnership ownership(
      StepContext<FirewallChangeSpec> context, Place place, List<LiveRule> live) {
    return new RuleOwnership(
        marker(context),
        left(context, place, live),
        around.needed(context.request().uid(), place, context.asOf()));
  }

  /** One change for each rule. */
  List<Intended> changes(StepContext<FirewallChangeSpec> context) {
    return RequestedChange.of(context.spec()).rules().stream()
        .map(rule -> OpenEffect.intended(key(context, rule), rule, groupName(context)))
        .toList();
  }

  /** Makes sure that each rule is there, in the group that was looked at: names can be moved. */
  void open(StepContext<FirewallChangeSpec> context, Effects.Announced announced, Place place) {
    new RuleAdder(around, context, firewall(context))
        .all(announced, place, groupName(context), RequestedChange.of(context.spec()).rules());
  }

  /** Rules in the way of what is asked for that requests of this cluster made and left behind. */
  private Set<String> left(
      StepContext<FirewallChangeSpec> context, Place place, List<LiveRule> live) {
    Marker marker = marker(context);
    List<Rule> wanted = RequestedChange.of(context.spec()).rules();
    return live.stream()
        .filter(rule -> marker.ofThisCluster(rule.marker()) && !marker.ofThisRequest(rule.marker()))
        .filter(rule -> wanted.stream().anyMatch(rule.rule()::overlaps))
        .filter(rule -> !marker.answeredFor(around, place, rule, context.asOf()))
        .map(LiveRule::id)
        .collect(Collectors.toSet());
  }

  /** What of the change is not on the firewall, for people. */
  Optional<String> missing(StepContext<FirewallChangeSpec> context) {
    FirewallProvider firewall = firewall(context);
    List<Effect> made = context.journal().effectLog().mayBeThere(APPLY);
    made.forEach(
        effect -> SamePlace.requireLeadsTo(context.undoContext(), effect, connection(context)));
    List<Rule> live = where(firewall, context, made).stream().map(LiveRule::rule).toList();
    made.forEach(effect -> SamePlace.requireSameAccount(context.undoContext(), effect, firewall));
    List<Rule> missing =
        RequestedChange.of(context.spec()).rules().stream()
            .filter(rule -> !live.contains(rule))
            .toList();
    if (!missing.isEmpty() && made.stream().anyMatch(effect -> fresh(effect, context))) {
      throw new ConnectorFailure.Transient(
          "security group " + groupName(context) + " does not show " + missing.get(0) + " yet",
          null);
    }
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "not found on security group %s after it was added: %s"
                .formatted(groupName(context), missing.get(0)));
  }

  /** The rules of the group in which it was made: by its name there may be another one by now. */
  private static List<LiveRule> where(
      FirewallProvider firewall, StepContext<FirewallChangeSpec> context, List<Effect> made) {
    Optional<String> target =
        made.stream().map(Effect::target).filter(Objects::nonNull).findFirst();
    return target.isPresent()
        ? firewall.group(target.get()).map(FirewallProvider.Group::rules).orElse(List.of())
        : firewall.observe(groupName(context)).rules();
  }

  /**
   * Before anything is made: what an earlier attempt may have made elsewhere must not be lost sight
   * of.
   *
   * @throws ConnectorFailure.Refused if it was somewhere else
   */
  void requireSamePlace(StepContext<FirewallChangeSpec> context, GroupAssessment found) {
    for (Effect effect : context.journal().effectLog().mayBeThere(APPLY)) {
      SamePlace.requireLeadsTo(context.undoContext(), effect, connection(context));
      Optional<Place> then = context.undoContext().place(effect);
      if (then.isPresent() && !found.account().is(then.get().account())) {
        throw SamePlace.elsewhere(
            context.undoContext(), effect, then.get().account(), found.account().description());
      }
      String target = then.map(Place::target).orElse("");
      if (!target.isEmpty() && !target.equals(found.group().id())) {
        anotherGroup(context, effect, target, found.group().id());
      }
    }
  }

  /** What was announced for another group and is not there was not made. */
  private void anotherGroup(
      StepContext<FirewallChangeSpec> context, Effect effect, String then, String now) {
    boolean there =
        firewall(context).group(then).stream()
            .flatMap(group -> group.rules().stream())
            .anyMatch(rule -> marker(context).ofThisRequest(rule.marker()));
    if (effect.state() != EffectState.INTENDED || there) {
      throw SamePlace.elsewhere(context.undoContext(), effect, "group " + then, "group " + now);
    }
    if (fresh(effect, context)) {
      throw new ConnectorFailure.Transient(
          "a rule that may have been added a moment ago may still show up", null);
    }
    context.journal().effectLog().noteNotMade(effect.key());
  }

  /** Whether the firewall's own view may lag behind what was done to it. */
  private boolean fresh(Effect effect, StepContext<FirewallChangeSpec> context) {
    Duration settle = firewall(context).settleWindow();
    return effect.intendedAt() != null && context.asOf().isBefore(effect.intendedAt().plus(settle));
  }

  private FirewallProvider firewall(StepContext<FirewallChangeSpec> context) {
    return around.systems(context.request().namespace()).firewall(context.spec().connection());
  }

  /** Whether some of the change is on the firewall already. */
  boolean anyRecorded(StepContext<FirewallChangeSpec> context) {
    return context.journal().effectLog().all().stream()
        .anyMatch(e -> e.step().equals(APPLY) && e.state() != EffectState.INTENDED);
  }

  /** Whether this request has recorded that a rule is there. */
  boolean recorded(StepContext<FirewallChangeSpec> context, Rule rule) {
    return context.journal().effectLog().of(key(context, rule)).stream()
        .anyMatch(e -> e.state() != EffectState.INTENDED);
  }

  /** The same text for the same security group of the same connection. */
  String lockKey(StepContext<FirewallChangeSpec> context) {
    return connection(context).identity() + "/" + groupName(context);
  }

  /** The Connection that leads to the firewall, as it is now. */
  ConnectionFacts connection(StepContext<FirewallChangeSpec> context) {
    return around.systems(context.request().namespace()).facts(context.spec().connection());
  }

  Marker marker(StepContext<FirewallChangeSpec> context) {
    return new Marker(around.clusterId(), context.request().uid(), context.request().address());
  }

  IdempotencyKey key(StepContext<FirewallChangeSpec> context, Rule rule) {
    return OpenEffect.key(around.clusterId(), context.request().uid(), rule);
  }

  private static String groupName(StepContext<FirewallChangeSpec> context) {
    return context.spec().target().securityGroup();
  }
}
