package io.secamo.processes.process.firewallchange;

import io.secamo.processes.api.BreakGlass;
import io.secamo.processes.api.Effect;
import io.secamo.processes.api.EffectState;
import io.secamo.processes.api.FirewallChangeSpec;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.FirewallProvider.Found;
import io.secamo.processes.connector.FirewallProvider.Group;
import io.secamo.processes.connector.FirewallProvider.LiveRule;
import io.secamo.processes.effect.Place;
import io.secamo.processes.engine.Request.Wish;
import io.secamo.processes.engine.Turn;
import io.secamo.processes.process.Surroundings;
import io.secamo.processes.process.Surroundings.Needed;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Removes the rules that a change added: where it added them and nowhere else, if they still are
 * its own, and unless another request needs them. What cannot be told is not called gone.
 */
final class Removal {
  /**
   * What was seen of an effect.
   *
   * @param rules ids of the rules that have to go
   * @param equal a rule that allows the same, and that this request did not make
   */
  private record Sight(List<String> rules, Optional<LiveRule> equal) {}

  private final Surroundings around;
  private final Turn<FirewallChangeSpec> turn;
  private final Wall wall;
  private final FirewallProvider firewall;
  private final Marker marker;

  Removal(
      Surroundings around, Turn<FirewallChangeSpec> turn, Wall wall, FirewallProvider firewall) {
    this.around = around;
    this.turn = turn;
    this.wall = wall;
    this.firewall = firewall;
    this.marker = wall.marker(turn);
  }

  /** Removes all of them and sees that they are gone: one that cannot be does not keep the rest. */
  void all() {
    Optional<ConnectorFailure> first = Optional.empty();
    for (Effect effect : turn.journal().effects().standing(Wall.APPLY)) {
      try {
        one(effect);
      } catch (ConnectorFailure failed) {
        first = Optional.of(first.orElse(failed));
      }
    }
    if (first.isPresent()) {
      throw first.get();
    }
  }

  private void one(Effect effect) {
    wall.sameConnection(turn, effect);
    Sight there = find(effect);
    // After the look, which may have signed in anew.
    wall.sameAccount(turn, effect, firewall);
    if (there.rules().isEmpty()) {
      notThere(effect);
    }
    there.rules().forEach(rule -> letGo(effect, rule));
    there.equal().ifPresent(this::stays);
  }

  /** Not ours to remove, but the access is not over: nobody may be told so. */
  private void stays(LiveRule equal) {
    boolean anotherRequests = marker.ours(equal.marker());
    turn.journal().effects().stays(Texts.equalRuleStays(equal, anotherRequests));
  }

  private void notThere(Effect effect) {
    if (effect.state() == EffectState.INTENDED && wall.fresh(effect, turn)) {
      throw new ConnectorFailure.Transient(
          "a rule that may have been added a moment ago may still show up", null);
    }
    settle(effect, EffectState.REVERTED, effect.externalId());
  }

  private void letGo(Effect effect, String rule) {
    Optional<Needed> other = neededBy(effect, rule);
    if (other.isPresent()) {
      turn.journal().effects().stays("rule " + rule + " stays for " + other.get());
      settle(effect, EffectState.RELEASED, rule);
      return;
    }
    firewall.remove(rule);
    wall.sameAccount(turn, effect, firewall);
    settle(effect, EffectState.REVERTED, rule);
  }

  /**
   * Who needs it longest, and has not ended in this moment: of two that end at once neither may
   * leave it to the other one.
   */
  private Optional<Needed> neededBy(Effect effect, String rule) {
    Optional<Place> place = wall.madeAt(turn, effect);
    if (place.isEmpty()) {
      return Optional.empty();
    }
    String uid = turn.request().uid();
    List<Needed> heard = around.needed(uid, place.get(), turn.now()).getOrDefault(rule, List.of());
    if (!heard.isEmpty() && !othersSeeThatItEnds()) {
      throw new ConnectorFailure.Transient(
          "rule " + rule + " is needed by " + heard.get(0).by() + ": first its own end is stored",
          null);
    }
    return Needed.longest(
        heard.stream().filter(o -> around.stillNeeds(o, place.get(), rule, turn.now())));
  }

  /** It is in the spec, or a matter of time, or it was stored before. */
  private boolean othersSeeThatItEnds() {
    Wish wish = turn.request().wish();
    return wish == Wish.WITHDRAW || wish == Wish.DELETE || turn.journal().endDecided() || overdue();
  }

  private boolean overdue() {
    Stream<Instant> review =
        turn.journal().breakGlass().stream()
            .filter(it -> it.reviewedAt() == null)
            .map(BreakGlass::reviewUntil);
    return Stream.concat(turn.journal().expiresAt().stream(), review)
        .anyMatch(end -> end != null && !turn.now().isBefore(end));
  }

  private void settle(Effect effect, EffectState state, @Nullable String rule) {
    turn.journal().effects().undone(effect.key(), state, rule, turn.now());
  }

  /**
   * By the id that was recorded, also if a list does not show it: a list may lag. If the answer was
   * lost, or the id leads to nothing, by our own marker: a wrong id must not make a rule gone.
   */
  private Sight find(Effect effect) {
    Optional<String> id = Optional.ofNullable(effect.externalId());
    Optional<Found> found = id.flatMap(firewall::find);
    if (found.isPresent()) {
      ours(effect, found.get());
      return new Sight(List.of(found.get().rule().id()), Optional.empty());
    }
    if (id.isPresent() && effect.target() == null) {
      // Of an earlier version, which knew the group by its name only: that may be gone.
      return new Sight(List.of(id.get()), Optional.empty());
    }
    List<LiveRule> equal =
        group(effect).rules().stream()
            .filter(rule -> wall.key(turn, rule.rule()).value().equals(effect.key()))
            .toList();
    List<String> marked = marked(equal);
    return new Sight(
        marked.isEmpty() ? id.stream().toList() : marked,
        equal.stream().filter(rule -> !marker.mine(rule.marker())).findFirst());
  }

  private List<String> marked(List<LiveRule> equal) {
    return equal.stream().filter(rule -> marker.mine(rule.marker())).map(LiveRule::id).toList();
  }

  private void ours(Effect effect, Found found) {
    boolean elsewhere = effect.target() != null && !effect.target().equals(found.group());
    if (elsewhere || !marker.ours(found.rule().marker())) {
      throw new ConnectorFailure.Refused(
          "rule "
              + found.rule().id()
              + " is not as it was made: it is "
              + found.rule().rule()
              + " with the description '"
              + found.rule().marker()
              + "' in group "
              + found.group()
              + ". If it is ours, remove it by hand; then request another try");
    }
  }

  /** By its id, for its name may have been changed or given to another one; gone with all in it. */
  private Group group(Effect effect) {
    String target = effect.target();
    return target == null
        ? firewall.observe(turn.spec().target().securityGroup())
        : firewall.group(target).orElse(new Group(Objects.requireNonNull(target), List.of()));
  }
}
