package io.secamo.processes.process.opening;

import io.secamo.processes.api.Effect;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.FirewallProvider.LiveRule;
import io.secamo.processes.connector.IdempotencyKey;
import io.secamo.processes.effect.Effects;
import io.secamo.processes.effect.Place;
import io.secamo.processes.engine.procedure.StepContext;
import io.secamo.processes.firewall.Rule;
import io.secamo.processes.process.StepEvidence;
import io.secamo.processes.process.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Adds the rules of a change, each once, and knows which of them are its own to remove. */
public final class RuleAdder {
  private final Surroundings around;
  private final StepContext<?> context;
  private final FirewallProvider firewall;
  private final Marker marker;

  /**
   * For one pass.
   *
   * @param firewall where they are added
   */
  public RuleAdder(Surroundings around, StepContext<?> context, FirewallProvider firewall) {
    this.around = around;
    this.context = context;
    this.firewall = firewall;
    this.marker =
        new Marker(around.clusterId(), context.request().uid(), context.request().address());
  }

  /**
   * Makes sure that each rule is there, in the group that was looked at: names can be moved.
   *
   * @param group name of the group, for people
   */
  public void all(Effects.Announced announced, Place place, String group, List<Rule> rules) {
    List<String> made = new ArrayList<>();
    List<String> there = new ArrayList<>();
    try {
      for (Rule rule : rules) {
        IdempotencyKey key = OpenEffect.key(around.clusterId(), context.request().uid(), rule);
        boolean known = context.journal().effectLog().of(key).map(Effect::externalId).isPresent();
        LiveRule live =
            announced.perform(
                key, () -> add(place, rule), LiveRule::id, it -> toBeUndone(place, it));
        if (!known) {
          boolean here = context.journal().effectLog().of(key).filter(Effect::standing).isPresent();
          (here ? made : there).addAll(List.of(rule + " on " + group, "id " + live.id()));
        }
        if (!live.rule().equals(rule)) {
          throw new IllegalStateException("the firewall answered " + live.rule() + " to " + rule);
        }
      }
    } finally {
      StepEvidence.made(context, made);
      StepEvidence.relied(context, there);
    }
  }

  /**
   * If another request is just removing this very rule, adding fails for now: we would call live
   * what is about to vanish.
   */
  private LiveRule add(Place place, Rule rule) {
    LiveRule live = firewall.add(place.target(), rule, marker.text(rule));
    Optional<String> other =
        marker.ofThisRequest(live.marker())
            ? Optional.empty()
            : around.aboutToRemove(context.request().uid(), place, live.id(), context.now());
    if (other.isPresent()) {
      throw new ConnectorFailure.Transient(UndoTexts.goesInAMoment(live, other.get()), null);
    }
    return live;
  }

  /**
   * Whether a rule that is there is ours to remove: made by this very request, also if one answer
   * did not say so, or shared with another request of this cluster that still answers for it. What
   * nobody answers for any more was left there on purpose.
   */
  private boolean toBeUndone(Place place, LiveRule there) {
    return marker.ofThisRequest(there.marker())
        || firewall
            .find(there.id())
            .filter(found -> marker.ofThisRequest(found.rule().marker()))
            .isPresent()
        || (marker.ofThisCluster(there.marker())
            && marker.answeredFor(around, place, there, context.asOf()));
  }
}
