package io.secamo.processes.process.opening;

import io.secamo.processes.api.Effect;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.effect.Place;
import io.secamo.processes.effect.UndoContext;
import io.secamo.processes.firewall.Rule;
import io.secamo.processes.process.Others.Needed;
import io.secamo.processes.process.Surroundings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Which other requests need what this one is about to remove. */
final class Needs {
  /** Longer than a change takes to be read back and told. */
  private static final Duration MAY_BE_NEEDED = Duration.ofSeconds(20);

  private final Surroundings around;
  private final UndoContext context;

  Needs(Surroundings around, UndoContext context) {
    this.around = around;
    this.context = context;
  }

  /**
   * Who needs it longest, and has not ended in this moment: of two that end at once neither may
   * leave it to the other one.
   */
  Optional<Needed> longest(Effect effect, String rule) {
    Optional<Place> place = context.place(effect);
    if (place.isEmpty()) {
      return Optional.empty();
    }
    String uid = context.uid();
    List<Needed> heard =
        around.needed(uid, place.get(), context.passTime()).getOrDefault(rule, List.of());
    if (!heard.isEmpty() && !context.seenToEnd()) {
      throw new ConnectorFailure.Transient(
          "rule " + rule + " is needed by " + heard.get(0).by() + ": first its own end is stored",
          null);
    }
    Optional<Needed> longest =
        Needed.longest(
            heard.stream()
                .filter(o -> around.stillNeeds(o, place.get(), rule, context.passTime())));
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
        context
            .endsSince()
            .filter(decided -> !context.passTime().isBefore(decided.plus(MAY_BE_NEEDED)))
            .isPresent();
    Optional<String> other =
        longEnough
            ? Optional.empty()
            : OpenEffect.rule(effect).flatMap(it -> announcedBy(it, place));
    if (other.isPresent()) {
      throw new ConnectorFailure.Transient(UndoTexts.mayBeNeeded(rule, other.get()), null);
    }
  }

  private Optional<String> announcedBy(Rule rule, Place place) {
    return around.aboutToNeed(
        context.uid(),
        place,
        other -> OpenEffect.key(around.clusterId(), other, rule).value(),
        context.now());
  }
}
