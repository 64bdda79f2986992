package io.secamo.processes.process.opening;

import io.secamo.processes.api.Effect;
import io.secamo.processes.api.EffectState;
import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.FirewallProvider.Found;
import io.secamo.processes.connector.FirewallProvider.Group;
import io.secamo.processes.connector.FirewallProvider.LiveRule;
import io.secamo.processes.effect.EffectLog;
import io.secamo.processes.effect.UndoContext;
import io.secamo.processes.firewall.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Removes from a group what else bears the mark of a request, once the rules that are known by
 * their ids are removed. Then it looks whether all of them are gone, and notes what is open all the
 * same.
 */
final class GroupSweep {
  /** As many rules as people read. */
  private static final int MOST_TOLD = 3;

  /**
   * What a group shows at one moment.
   *
   * @param like its rules, by what they allow
   */
  private record Shown(Group group, Map<Rule, List<LiveRule>> like) {
    List<LiveRule> of(Effect effect) {
      return OpenEffect.rule(effect)
          .map(rule -> like.getOrDefault(rule, List.of()))
          .orElse(List.of());
    }

    Optional<LiveRule> any(Predicate<LiveRule> which) {
      return group.rules().stream().filter(which).findFirst();
    }
  }

  private final UndoContext context;
  private final SamePlace place;
  private final Marker marker;
  private final FirewallProvider firewall;
  private final RuleUndo removal;

  GroupSweep(
      UndoContext context,
      SamePlace place,
      Marker marker,
      FirewallProvider firewall,
      RuleUndo removal) {
    this.context = context;
    this.place = place;
    this.marker = marker;
    this.firewall = firewall;
    this.removal = removal;
  }

  /**
   * Looks at a group, again if that shows more to remove, and records what is gone.
   *
   * @param group its id; empty if it is not known, so that only the account can be looked at
   * @param here the effects that were made in it
   */
  void at(String group, List<EffectBeingUndone> here) {
    if (group.isEmpty()) {
      // Systems answer "not found" also to who has no rights there: so the rights are looked at.
      Account unused = firewall.check();
      SamePlace.requireSameAccount(context, here.get(0).effect(), firewall);
      here.stream().filter(one -> !one.isStuck()).forEach(removal::gone);
      return;
    }
    Shown before = look(group, here.get(0).effect());
    here.forEach(one -> removal.trying(one, () -> removeWhatElseIsMarked(one, before)));
    boolean more =
        before.any(rule -> here.stream().anyMatch(one -> one.wasRemoved(rule.id()))).isPresent();
    Shown now = more ? look(group, here.get(0).effect()) : before;
    for (EffectBeingUndone one : here) {
      if (!one.isStuck()) {
        removal.trying(one, () -> gone(one, now));
      }
    }
    noteWhatIsOpen(now);
  }

  /** Looks where the request only relied on what others had made. */
  void atWhatWasThereBefore() {
    Map<String, Effect> groups = new LinkedHashMap<>();
    context.effectLog().by(OpenEffect.VERB).stream()
        .filter(effect -> effect.state() == EffectState.REFERENCED && effect.target() != null)
        .forEach(effect -> groups.putIfAbsent(String.valueOf(effect.target()), effect));
    groups.forEach(
        (group, effect) -> {
          place.requireSameConnection(effect);
          noteWhatIsOpen(look(group, effect));
        });
  }

  /** Gone with all that was in it, if there is no such group. */
  private Shown look(String id, Effect effect) {
    Group group = firewall.group(id).orElse(new Group(id, List.of()));
    // After the look, which may have signed in anew.
    SamePlace.requireSameAccount(context, effect, firewall);
    return new Shown(group, group.rules().stream().collect(Collectors.groupingBy(LiveRule::rule)));
  }

  /** Whatever bears our mark; if nothing does and nothing was found, the id that we know. */
  private void removeWhatElseIsMarked(EffectBeingUndone one, Shown shown) {
    Effect effect = one.effect();
    List<LiveRule> marked =
        shown.of(effect).stream().filter(rule -> marker.ofThisRequest(rule.marker())).toList();
    marked.stream()
        .map(LiveRule::id)
        .filter(rule -> !one.wasHandled(rule))
        .forEach(rule -> removal.removeUnlessNeeded(one.markSeen(rule), rule));
    String known = effect.externalId();
    if (!marked.isEmpty() || one.isStuck() || (known != null && one.wasHandled(known))) {
      return;
    }
    if (known == null) {
      maybeLate(effect);
      return;
    }
    Optional<LiveRule> there = shown.any(rule -> rule.id().equals(known));
    there.ifPresent(rule -> removal.requireAsMade(effect, new Found(shown.group().id(), rule)));
    removal.removeUnlessNeeded(there.isPresent() ? one.markSeen(known) : one, known);
  }

  private void maybeLate(Effect effect) {
    if (effect.state() == EffectState.INTENDED && place.fresh(effect)) {
      throw new ConnectorFailure.Transient(
          "a rule that may have been added a moment ago may still show up", null);
    }
  }

  private void gone(EffectBeingUndone one, Shown now) {
    Optional<LiveRule> still =
        now.any(rule -> one.wasRemoved(rule.id()))
            .or(
                () ->
                    now.of(one.effect()).stream()
                        .filter(
                            rule ->
                                marker.ofThisRequest(rule.marker()) && !one.wasHandled(rule.id()))
                        .findFirst());
    if (still.isPresent()) {
      throw stillShown(still.get(), now.group().id());
    }
    removal.gone(one);
  }

  /** A list may lag for a while after the first try. */
  private ConnectorFailure stillShown(LiveRule rule, String group) {
    boolean lags =
        context
            .endsSince()
            .filter(first -> !context.passTime().isBefore(first.plus(firewall.settleWindow())))
            .isEmpty();
    return lags
        ? new ConnectorFailure.Transient(UndoTexts.stillShown(rule, group), null)
        : new ConnectorFailure.Refused(UndoTexts.shownForTooLong(rule, group));
  }

  /** Not ours to remove, but the access is not over: nobody may be told so. */
  private void noteWhatIsOpen(Shown shown) {
    EffectLog log = context.effectLog();
    List<Effect> here =
        log.by(OpenEffect.VERB).stream()
            .filter(effect -> shown.group().id().equals(effect.target()) || effect.target() == null)
            .toList();
    here.stream()
        .filter(effect -> effect.state() == EffectState.REFERENCED)
        .forEach(effect -> log.noteLookedAt(effect.key(), there(effect, shown)));
    List<String> told = new ArrayList<>(open(here, shown).values());
    told.stream().limit(MOST_TOLD).forEach(log::noteSeen);
    if (told.size() > MOST_TOLD) {
      log.noteSeen(UndoTexts.moreRules(told.size() - MOST_TOLD));
    }
  }

  private static boolean there(Effect effect, Shown shown) {
    return !shown.of(effect).isEmpty()
        || shown.any(rule -> rule.id().equals(effect.externalId())).isPresent();
  }

  /** By the ids of the rules: one may allow what several of ours did. */
  private Map<String, String> open(List<Effect> here, Shown shown) {
    Map<Rule, Effect> effects = new HashMap<>();
    here.forEach(effect -> OpenEffect.rule(effect).ifPresent(rule -> effects.put(rule, effect)));
    List<Rule> over =
        here.stream()
            .filter(effect -> effect.state() == EffectState.REVERTED)
            .flatMap(effect -> OpenEffect.rule(effect).stream())
            .toList();
    Map<String, String> open = new LinkedHashMap<>();
    for (LiveRule live : shown.group().rules()) {
      sentence(live, over, effects).ifPresent(text -> open.put(live.id(), text));
    }
    return open;
  }

  private Optional<String> sentence(LiveRule live, List<Rule> over, Map<Rule, Effect> effects) {
    if (marker.ofThisRequest(live.marker())) {
      Effect effect = effects.get(live.rule());
      boolean known = effect != null && effect.state() != EffectState.REVERTED;
      return known ? Optional.empty() : Optional.of(UndoTexts.markedRuleStays(live));
    }
    boolean anotherRequests = marker.ofThisCluster(live.marker());
    if (over.contains(live.rule())) {
      return Optional.of(UndoTexts.equalRuleStays(live, anotherRequests));
    }
    return over.stream().anyMatch(live.rule()::covers)
        ? Optional.of(UndoTexts.openStill(live, anotherRequests))
        : Optional.empty();
  }
}
