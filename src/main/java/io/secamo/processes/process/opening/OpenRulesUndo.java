package io.secamo.processes.process.opening;

import io.secamo.processes.api.Effect;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.FirewallProvider.Found;
import io.secamo.processes.connector.FirewallProvider.Group;
import io.secamo.processes.effect.Interruption;
import io.secamo.processes.effect.UndoContext;
import io.secamo.processes.process.Surroundings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Removes the rules that a change added: where it added them and nowhere else, if they still are
 * its own, and unless another request needs them. Gone is only what was looked for and not found.
 */
final class OpenRulesUndo {
  private static final Duration LONG = Duration.ofSeconds(5);

  private final UndoContext context;
  private final Marker marker;
  private final SamePlace place;
  private final FirewallProvider firewall;
  private final RuleUndo rules;
  private final List<EffectBeingUndone> going = new ArrayList<>();
  private Instant told;

  OpenRulesUndo(Surroundings around, UndoContext context) {
    this.context = context;
    this.marker = new Marker(around.clusterId(), context.uid(), context.address());
    this.place = new SamePlace(around, context);
    this.firewall = place.firewall();
    this.rules = new RuleUndo(around, context, marker, firewall);
    this.told = context.passTime();
  }

  /**
   * Removes all of them and sees that they are gone: one that cannot be does not keep the rest.
   * First what is known by its id, so that no list that cannot be read keeps it.
   */
  void all() {
    List<Effect> standing =
        context.effectLog().by(OpenEffect.VERB).stream().filter(Effect::standing).toList();
    Map<String, Found> listed = listed(standing);
    for (Effect effect : standing) {
      try {
        byItsId(effect, listed);
      } catch (ConnectorFailure failed) {
        rules.failed(failed);
      }
      checkpointWhatGoes();
    }
    GroupSweep look = new GroupSweep(context, place, marker, firewall, rules);
    Map<String, List<EffectBeingUndone>> groups =
        going.stream()
            .collect(
                Collectors.groupingBy(
                    EffectBeingUndone::groupId, LinkedHashMap::new, Collectors.toList()));
    groups.forEach(
        (group, here) -> {
          try {
            look.at(group, here);
          } catch (ConnectorFailure failed) {
            rules.failed(failed);
          }
        });
    rules.throwFirstFailure();
    if (going.isEmpty()) {
      look.atWhatWasThereBefore();
    }
  }

  /**
   * Nobody may read for long that all of it is live, while it goes one by one. That this cannot be
   * written is no reason not to go on.
   */
  private void checkpointWhatGoes() {
    Instant now = context.now();
    if (now.isBefore(told.plus(LONG))) {
      return;
    }
    told = now;
    try {
      context.checkpoint();
    } catch (ConnectorFailure | Interruption.NotRecorded | Interruption.EvidenceFull notNow) {
      // What comes of it is written at the end.
    }
  }

  /** What groups show of their rules: one look where several would each be looked for. */
  private Map<String, Found> listed(List<Effect> effects) {
    Map<String, Found> listed = new HashMap<>();
    effects.stream()
        .filter(effect -> effect.externalId() != null && effect.target() != null)
        .collect(Collectors.groupingBy(effect -> String.valueOf(effect.target())))
        .forEach(
            (group, here) -> {
              if (here.size() > 1) {
                list(group, here.get(0), listed);
              }
            });
    return listed;
  }

  private void list(String group, Effect one, Map<String, Found> listed) {
    try {
      place.requireSameConnection(one);
      Optional<Group> shown = firewall.group(group);
      SamePlace.requireSameAccount(context, one, firewall);
      shown.ifPresent(
          it -> it.rules().forEach(rule -> listed.put(rule.id(), new Found(group, rule))));
    } catch (ConnectorFailure notRead) {
      // Then each of them is looked for.
    }
  }

  /** By the id that was recorded, also if a list does not show it: a list may lag. */
  private void byItsId(Effect effect, Map<String, Found> listed) {
    place.requireSameConnection(effect);
    Optional<Found> found =
        Optional.ofNullable(effect.externalId())
            .flatMap(id -> Optional.ofNullable(listed.get(id)).or(() -> firewall.find(id)));
    EffectBeingUndone one = new EffectBeingUndone(effect, group(effect, found));
    // After the look, which may have signed in anew.
    SamePlace.requireSameAccount(context, effect, firewall);
    try {
      if (found.isPresent()) {
        rules.requireAsMade(effect, found.get());
        String rule = found.get().rule().id();
        rules.removeUnlessNeeded(one.markSeen(rule), rule);
      } else if (one.groupId().isEmpty()) {
        rules.removeUnlessNeeded(one, Objects.requireNonNull(effect.externalId()));
      }
      going.add(one);
    } catch (ConnectorFailure.Refused no) {
      // What else bears our mark is looked for all the same.
      one.markStuck();
      going.add(one);
      throw no;
    }
  }

  /** By its id, for its name may have been changed or given to another one. */
  private String group(Effect effect, Optional<Found> found) {
    String target = effect.target();
    if (target != null) {
      return target;
    }
    if (effect.externalId() == null) {
      return firewall.observe(OpenEffect.group(effect)).id();
    }
    // Of an earlier version, which knew the group by its name only: that may be gone.
    return found.map(Found::group).orElse("");
  }
}
