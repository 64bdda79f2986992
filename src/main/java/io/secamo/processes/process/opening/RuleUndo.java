package io.secamo.processes.process.opening;

import io.secamo.processes.api.Effect;
import io.secamo.processes.api.EffectState;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.FirewallProvider.Found;
import io.secamo.processes.effect.UndoContext;
import io.secamo.processes.process.Others.Needed;
import io.secamo.processes.process.Surroundings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Removes single rules for their effects: one that cannot be removed does not keep the rest. */
final class RuleUndo {
  private final UndoContext context;
  private final Marker marker;
  private final Needs needs;
  private final FirewallProvider firewall;
  private Optional<ConnectorFailure> first = Optional.empty();

  RuleUndo(Surroundings around, UndoContext context, Marker marker, FirewallProvider firewall) {
    this.context = context;
    this.marker = marker;
    this.needs = new Needs(around, context);
    this.firewall = firewall;
  }

  /** Something could not be done: the first reason is told in the end. */
  void failed(ConnectorFailure failure) {
    first = Optional.of(first.orElse(failure));
  }

  /** Does something for one effect; if that fails it is tried again later, and others go on. */
  void trying(EffectBeingUndone one, Runnable work) {
    try {
      work.run();
    } catch (ConnectorFailure failed) {
      one.markStuck();
      failed(failed);
    }
  }

  /**
   * Tells what could not be done, if something could not.
   *
   * @throws ConnectorFailure the first failure
   */
  void throwFirstFailure() {
    if (first.isPresent()) {
      throw first.get();
    }
  }

  /**
   * Sees that it is the rule that was made.
   *
   * @throws ConnectorFailure.Refused if it is not
   */
  void requireAsMade(Effect effect, Found found) {
    boolean elsewhere = effect.target() != null && !effect.target().equals(found.group());
    if (elsewhere || !marker.ofThisCluster(found.rule().marker())) {
      throw new ConnectorFailure.Refused(UndoTexts.notAsMade(found));
    }
  }

  /** Removes a rule, unless another request needs it. That it is gone is not told yet. */
  void removeUnlessNeeded(EffectBeingUndone one, String rule) {
    one.markHandled(rule);
    Optional<Needed> other = needs.longest(one.effect(), rule);
    if (other.isPresent()) {
      context.effectLog().noteKept("rule " + rule + " stays for " + other.get());
      one.markReleased();
      noteUndone(one.effect(), EffectState.RELEASED, rule);
      return;
    }
    if (one.effect().externalId() == null) {
      // Its answer was lost. If we are interrupted now, the next try knows that it was there.
      context.effectLog().became(one.effect().step(), one.effect().key(), EffectState.DONE, rule);
    }
    String known = one.effect().externalId();
    if (one.wasSeen(rule) && (known == null || known.equals(rule))) {
      context.effectLog().noteRemovalAsked(one.effect().key());
    }
    firewall.remove(rule);
    SamePlace.requireSameAccount(context, one.effect(), firewall);
    one.markRemoved(rule);
  }

  /** Records that it is gone: nothing shows it any more. */
  void gone(EffectBeingUndone one) {
    String known = one.effect().externalId();
    String rule = known == null ? one.removed().stream().findFirst().orElse(null) : known;
    one.removed().stream()
        .filter(other -> !other.equals(rule))
        .forEach(other -> context.effectLog().noteSeen(UndoTexts.removedToo(other)));
    if (!one.isReleased()) {
      if (rule != null && !one.wasSeen(rule)) {
        context.effectLog().noteFoundGone(one.effect().key());
      }
      noteUndone(one.effect(), EffectState.REVERTED, rule);
    }
  }

  private void noteUndone(Effect effect, EffectState state, @Nullable String rule) {
    context.effectLog().noteUndone(effect.key(), state, rule, context.now());
  }
}
