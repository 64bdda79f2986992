package io.secamo.processes.process.opening;

import io.secamo.processes.api.Effect;
import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.ConnectionFacts;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.Systems;
import io.secamo.processes.effect.Place;
import io.secamo.processes.effect.UndoContext;
import io.secamo.processes.process.Surroundings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Sees that what is removed, ended or counted is where it was made: the Connection, its Secret and
 * names may lead somewhere else by then.
 */
public final class SamePlace {
  private final Surroundings around;
  private final UndoContext context;

  SamePlace(Surroundings around, UndoContext context) {
    this.around = around;
    this.context = context;
  }

  /** The firewall in which it was made. All effects of a request are made through one. */
  FirewallProvider firewall() {
    List<Effect> all = context.effectLog().by(OpenEffect.VERB);
    String connection =
        all.stream()
            .filter(Effect::standing)
            .findFirst()
            .or(() -> all.stream().findFirst())
            .map(effect -> OpenEffect.connection(context, effect))
            .orElse("");
    return toUndo().firewall(connection);
  }

  /** With what made it, which the Connection and its Secret need not be any more. */
  private Systems toUndo() {
    Systems now = around.systems(context.namespace());
    return context.effectLog().by(OpenEffect.VERB).stream()
        .filter(Effect::standing)
        .flatMap(effect -> context.place(effect).stream())
        .findFirst()
        .map(place -> now.toUndo(new Systems.Origin(place.connection(), place.account())))
        .orElseGet(now::toUndo);
  }

  /**
   * Before anything is asked or removed: the Connection may lead elsewhere by now.
   *
   * @throws ConnectorFailure.Refused if it does, and what made the effect is not remembered
   */
  void requireSameConnection(Effect effect) {
    requireLeadsTo(context, effect, toUndo().facts(OpenEffect.connection(context, effect)));
  }

  /**
   * Sees that a Connection leads to where an effect was made.
   *
   * @throws ConnectorFailure.Refused if it does not
   */
  public static void requireLeadsTo(UndoContext context, Effect effect, ConnectionFacts now) {
    Optional<String> then = context.place(effect).map(Place::connection);
    if (then.filter(made -> !Place.leadsToTheSame(made, now.identity())).isPresent()) {
      throw new ConnectorFailure.Refused(
          UndoTexts.leadsElsewhere(context, effect, then.get(), now));
    }
  }

  /**
   * The same for whom the calls so far stood for.
   *
   * @throws ConnectorFailure.Refused if that is somebody else
   * @throws ConnectorFailure.Transient if it was, and is the right one when signed in anew: what
   *     was answered so far does not count
   */
  public static void requireSameAccount(
      UndoContext context, Effect effect, FirewallProvider firewall) {
    Optional<String> made = context.place(effect).map(Place::account);
    if (made.filter(then -> !firewall.account().is(then)).isEmpty()) {
      return;
    }
    Account now = firewall.check();
    if (now.is(made.get())) {
      throw new ConnectorFailure.Transient("the connection acted for another account", null);
    }
    throw elsewhere(context, effect, made.get(), now.description());
  }

  /** What is said of an effect that was made somewhere else than it is looked for now. */
  public static ConnectorFailure.Refused elsewhere(
      UndoContext context, Effect effect, String then, String now) {
    return new ConnectorFailure.Refused(UndoTexts.leadsElsewhere(context, effect, then, now));
  }

  /** Whether the firewall's own view may lag behind what was done to it. */
  boolean fresh(Effect effect) {
    Duration settle = toUndo().firewall(OpenEffect.connection(context, effect)).settleWindow();
    return effect.intendedAt() != null
        && context.passTime().isBefore(effect.intendedAt().plus(settle));
  }
}
