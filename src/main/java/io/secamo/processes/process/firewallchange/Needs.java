package io.secamo.processes.process.firewallchange;

import io.secamo.processes.api.BreakGlass;
import io.secamo.processes.api.Effect;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.effect.Place;
import io.secamo.processes.engine.Request.Wish;
import io.secamo.processes.engine.Turn;
import io.secamo.processes.evidence.Chain;
import io.secamo.processes.firewall.Rule;
import io.secamo.processes.process.Surroundings;
import io.secamo.processes.process.Surroundings.Needed;
import io.secamo.processes.process.firewallchange.asked.Asked;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which other requests need what this one is about to remove. */
final class Needs {
  /** Longer than a change takes to be read back and told. */
  private static final Duration MAY_BE_NEEDED = Duration.ofSeconds(20);

  private final Surroundings around;
  private final Turn<FirewallChangeSpec> turn;
  private final Wall wall;

  Needs(Surroundings around, Turn<FirewallChangeSpec> turn, Wall wall) {
    this.around = around;
    this.turn = turn;
    this.wall = wall;
  }

  /**
   * Who needs it longest, and has not ended in this moment: of two that end at once neither may
   * leave it to the other one.
   */
  Optional<Needed> longest(Effect effect, String rule) {
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
    Optional<Needed> longest =
        Needed.longest(
            heard.stream().filter(o -> around.stillNeeds(o, place.get(), rule, turn.now())));
    if (longest.isEmpty()) {
      waitForWhoMayNeed(effect, place.get(), rule);
    }
    return longest;
  }

  /**
   * Who has announced the same rule may have found this one a moment ago, and not said so yet. For
   * a moment only: what is never told keeps nothing open.
   */
  private void waitForWhoMayNeed(Effect effect, Place place, String rule) {
    boolean longEnough =
        turn.journal()
            .evidence()
            .since(Chain.END_DECIDED)
            .filter(decided -> !turn.now().isBefore(decided.plus(MAY_BE_NEEDED)))
            .isPresent();
    Optional<String> other =
        longEnough
            ? Optional.empty()
            : wall.made(turn).rule(effect).flatMap(it -> announcedBy(it, place));
    if (other.isPresent()) {
      throw new ConnectorFailure.Transient(RemovalTexts.mayBeNeeded(rule, other.get()), null);
    }
  }

  private Optional<String> announcedBy(Rule rule, Place place) {
    return around.aboutToNeed(
        turn.request().uid(),
        place,
        uid -> Asked.key(around.clusterId(), uid, rule).value(),
        turn.moment());
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
}
