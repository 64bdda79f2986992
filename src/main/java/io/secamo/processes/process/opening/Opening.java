package io.secamo.processes.process.opening;

import io.secamo.processes.api.Effect;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.FirewallProvider.LiveRule;
import io.secamo.processes.connector.IdempotencyKey;
import io.secamo.processes.effect.Effects;
import io.secamo.processes.effect.Place;
import io.secamo.processes.engine.Turn;
import io.secamo.processes.firewall.Rule;
import io.secamo.processes.process.Story;
import io.secamo.processes.process.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Adds the rules of a change, each once, and knows which of them are its own to remove. */
public final class Opening {
  private final Surroundings around;
  private final Turn<?> turn;
  private final FirewallProvider firewall;
  private final Marker marker;

  /**
   * For one pass.
   *
   * @param firewall where they are added
   */
  public Opening(Surroundings around, Turn<?> turn, FirewallProvider firewall) {
    this.around = around;
    this.turn = turn;
    this.firewall = firewall;
    this.marker = new Marker(around.clusterId(), turn.request().uid(), turn.request().address());
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
        IdempotencyKey key = Opened.key(around.clusterId(), turn.request().uid(), rule);
        boolean known = turn.journal().effects().of(key).map(Effect::externalId).isPresent();
        LiveRule live =
            announced.perform(key, () -> add(place, rule), LiveRule::id, it -> ours(place, it));
        if (!known) {
          boolean here = turn.journal().effects().of(key).filter(Effect::standing).isPresent();
          (here ? made : there).addAll(List.of(rule + " on " + group, "id " + live.id()));
        }
        if (!live.rule().equals(rule)) {
          throw new IllegalStateException("the firewall answered " + live.rule() + " to " + rule);
        }
      }
    } finally {
      Story.made(turn, made);
      Story.relied(turn, there);
    }
  }

  /** Whoever counts on what goes in a moment has nothing then, and would say that it is live. */
  private LiveRule add(Place place, Rule rule) {
    LiveRule live = firewall.add(place.target(), rule, marker.text(rule));
    Optional<String> other =
        marker.mine(live.marker())
            ? Optional.empty()
            : around.aboutToRemove(turn.request().uid(), place, live.id(), turn.moment());
    if (other.isPresent()) {
      throw new ConnectorFailure.Transient(RemovalTexts.goesInAMoment(live, other.get()), null);
    }
    return live;
  }

  /**
   * Whether a rule that is there is ours to remove: made by this very request, also if one answer
   * did not say so, or shared with another request of this cluster that still answers for it. What
   * nobody answers for any more was left there on purpose.
   */
  private boolean ours(Place place, LiveRule there) {
    return marker.mine(there.marker())
        || firewall.find(there.id()).filter(found -> marker.mine(found.rule().marker())).isPresent()
        || (marker.ours(there.marker()) && marker.answeredFor(around, place, there, turn.now()));
  }
}
