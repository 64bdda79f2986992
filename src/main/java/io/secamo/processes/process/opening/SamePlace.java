package io.secamo.processes.process.opening;

import io.secamo.processes.api.Effect;
import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.ConnectionFacts;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.Systems;
import io.secamo.processes.effect.Owner;
import io.secamo.processes.effect.Place;
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
  private final Owner owner;

  SamePlace(Surroundings around, Owner owner) {
    this.around = around;
    this.owner = owner;
  }

  /** The firewall in which it was made. All effects of a request are made through one. */
  FirewallProvider firewall() {
    List<Effect> all = owner.effectLog().by(OpenEffect.VERB);
    String connection =
        all.stream()
            .filter(Effect::standing)
            .findFirst()
            .or(() -> all.stream().findFirst())
            .map(effect -> OpenEffect.connection(owner, effect))
            .orElse("");
    return toUndo().firewall(connection);
  }

  /** With what made it, which the Connection and its Secret need not be any more. */
  private Systems toUndo() {
    Systems now = around.systems(owner.namespace());
    return owner.effectLog().by(OpenEffect.VERB).stream()
        .filter(Effect::standing)
        .flatMap(effect -> owner.place(effect).stream())
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
    requireLeadsTo(owner, effect, toUndo().facts(OpenEffect.connection(owner, effect)));
  }

  /**
   * Sees that a Connection leads to where an effect was made.
   *
   * @throws ConnectorFailure.Refused if it does not
   */
  public static void requireLeadsTo(Owner owner, Effect effect, ConnectionFacts now) {
    Optional<String> then = owner.place(effect).map(Place::connection);
    if (then.filter(made -> !Place.leadsToTheSame(made, now.identity())).isPresent()) {
      throw new ConnectorFailure.Refused(UndoTexts.leadsElsewhere(owner, effect, then.get(), now));
    }
  }

  /**
   * The same for whom the calls so far stood for.
   *
   * @throws ConnectorFailure.Refused if that is somebody else
   * @throws ConnectorFailure.Transient if it was, and is the right one when signed in anew: what
   *     was answered so far does not count
   */
  public static void requireSameAccount(Owner owner, Effect effect, FirewallProvider firewall) {
    Optional<String> made = owner.place(effect).map(Place::account);
    if (made.filter(then -> !firewall.account().is(then)).isEmpty()) {
      return;
    }
    Account now = firewall.check();
    if (now.is(made.get())) {
      throw new ConnectorFailure.Transient("the connection acted for another account", null);
    }
    throw elsewhere(owner, effect, made.get(), now.description());
  }

  /** What is said of an effect that was made somewhere else than it is looked for now. */
  public static ConnectorFailure.Refused elsewhere(
      Owner owner, Effect effect, String then, String now) {
    return new ConnectorFailure.Refused(UndoTexts.leadsElsewhere(owner, effect, then, now));
  }

  /** Whether the firewall's own view may lag behind what was done to it. */
  boolean fresh(Effect effect) {
    Duration settle = toUndo().firewall(OpenEffect.connection(owner, effect)).settleWindow();
    return effect.intendedAt() != null
        && owner.passTime().isBefore(effect.intendedAt().plus(settle));
  }
}
