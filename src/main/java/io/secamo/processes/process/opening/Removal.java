package io.secamo.processes.process.opening;

import io.secamo.processes.api.Effect;
import io.secamo.processes.api.EffectState;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.FirewallProvider.Found;
import io.secamo.processes.connector.FirewallProvider.Group;
import io.secamo.processes.effect.Interruption;
import io.secamo.processes.effect.Owner;
import io.secamo.processes.process.Others.Needed;
import io.secamo.processes.process.Surroundings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Removes the rules that a change added: where it added them and nowhere else, if they still are
 * its own, and unless another request needs them. What cannot be told is not called gone.
 */
final class Removal {
  /** An effect that is being undone. */
  static final class Going {
    private final Effect effect;
    private final String group;
    private final Set<String> there = new HashSet<>();
    private final Set<String> tried = new HashSet<>();
    private final Set<String> removed = new LinkedHashSet<>();
    private boolean released;
    private boolean stuck;

    private Going(Effect effect, String group) {
      this.effect = effect;
      this.group = group;
    }

    Effect effect() {
      return effect;
    }

    /** A rule was seen: if it is gone after this, we have removed it. */
    Going seen(String rule) {
      there.add(rule);
      return this;
    }

    /** Id of the group that it was made in; empty if only a name is known. */
    String group() {
      return group;
    }

    /** Whether this pass has removed the rule, tried to, or left it to somebody. */
    boolean tried(String rule) {
      return tried.contains(rule);
    }

    boolean removed(String rule) {
      return removed.contains(rule);
    }

    /** Whether it has to be tried again before anything can be told of it. */
    boolean stuck() {
      return stuck;
    }
  }

  private static final Duration LONG = Duration.ofSeconds(5);

  private final Needs needs;
  private final Owner owner;
  private final Marker marker;
  private final SamePlace place;
  private final FirewallProvider firewall;
  private final List<Going> going = new ArrayList<>();
  private Optional<ConnectorFailure> first = Optional.empty();
  private Instant told;

  Removal(Surroundings around, Owner owner) {
    this.owner = owner;
    this.marker = new Marker(around.clusterId(), owner.uid(), owner.address());
    this.needs = new Needs(around, owner);
    this.place = new SamePlace(around, owner);
    this.firewall = place.firewall();
    this.told = owner.now();
  }

  /**
   * Removes all of them and sees that they are gone: one that cannot be does not keep the rest.
   * First what is known by its id, so that no list that cannot be read keeps it.
   */
  void all() {
    List<Effect> standing =
        owner.effects().by(Opened.VERB).stream().filter(Effect::standing).toList();
    Map<String, Found> listed = listed(standing);
    for (Effect effect : standing) {
      try {
        byItsId(effect, listed);
      } catch (ConnectorFailure failed) {
        failed(failed);
      }
      tellThatItGoes();
    }
    LastLook look = new LastLook(owner, place, marker, firewall, this);
    Map<String, List<Going>> groups =
        going.stream()
            .collect(Collectors.groupingBy(Going::group, LinkedHashMap::new, Collectors.toList()));
    groups.forEach(
        (group, here) -> {
          try {
            look.at(group, here);
          } catch (ConnectorFailure failed) {
            failed(failed);
          }
        });
    if (first.isPresent()) {
      throw first.get();
    }
    if (going.isEmpty()) {
      look.atWhatWasThereBefore();
    }
  }

  /**
   * Nobody may read for long that all of it is live, while it goes one by one. That this cannot be
   * written is no reason not to go on.
   */
  private void tellThatItGoes() {
    Instant now = owner.moment();
    if (now.isBefore(told.plus(LONG))) {
      return;
    }
    told = now;
    try {
      owner.record();
    } catch (ConnectorFailure | Interruption.NotRecorded | Interruption.EvidenceFull notNow) {
      // What comes of it is written at the end.
    }
  }

  private void failed(ConnectorFailure failure) {
    first = Optional.of(first.orElse(failure));
  }

  /** Does something for one effect; if that fails it is tried again later, and others go on. */
  void trying(Going one, Runnable work) {
    try {
      work.run();
    } catch (ConnectorFailure failed) {
      one.stuck = true;
      failed(failed);
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
      place.sameConnection(one);
      Optional<Group> shown = firewall.group(group);
      SamePlace.sameAccount(owner, one, firewall);
      shown.ifPresent(
          it -> it.rules().forEach(rule -> listed.put(rule.id(), new Found(group, rule))));
    } catch (ConnectorFailure notRead) {
      // Then each of them is looked for.
    }
  }

  /** By the id that was recorded, also if a list does not show it: a list may lag. */
  private void byItsId(Effect effect, Map<String, Found> listed) {
    place.sameConnection(effect);
    Optional<Found> found =
        Optional.ofNullable(effect.externalId())
            .flatMap(id -> Optional.ofNullable(listed.get(id)).or(() -> firewall.find(id)));
    Going one = new Going(effect, group(effect, found));
    // After the look, which may have signed in anew.
    SamePlace.sameAccount(owner, effect, firewall);
    try {
      if (found.isPresent()) {
        ours(effect, found.get());
        String rule = found.get().rule().id();
        letGo(one.seen(rule), rule);
      } else if (one.group.isEmpty()) {
        letGo(one, Objects.requireNonNull(effect.externalId()));
      }
      going.add(one);
    } catch (ConnectorFailure.Refused no) {
      // What else bears our mark is looked for all the same.
      one.stuck = true;
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
      return firewall.observe(Opened.group(effect)).id();
    }
    // Of an earlier version, which knew the group by its name only: that may be gone.
    return found.map(Found::group).orElse("");
  }

  /**
   * Sees that it is the rule that was made.
   *
   * @throws ConnectorFailure.Refused if it is not
   */
  void ours(Effect effect, Found found) {
    boolean elsewhere = effect.target() != null && !effect.target().equals(found.group());
    if (elsewhere || !marker.ours(found.rule().marker())) {
      throw new ConnectorFailure.Refused(RemovalTexts.notAsMade(found));
    }
  }

  /** Removes a rule, unless another request needs it. That it is gone is not told yet. */
  void letGo(Going one, String rule) {
    one.tried.add(rule);
    Optional<Needed> other = needs.longest(one.effect, rule);
    if (other.isPresent()) {
      owner.effects().stays("rule " + rule + " stays for " + other.get());
      one.released = true;
      settle(one.effect, EffectState.RELEASED, rule);
      return;
    }
    if (one.effect.externalId() == null) {
      // Its answer was lost. If we are interrupted now, the next try knows that it was there.
      owner.effects().settle(one.effect.step(), one.effect.key(), EffectState.DONE, rule);
    }
    String known = one.effect.externalId();
    if (one.there.contains(rule) && (known == null || known.equals(rule))) {
      owner.effects().goes(one.effect.key());
    }
    firewall.remove(rule);
    SamePlace.sameAccount(owner, one.effect, firewall);
    one.removed.add(rule);
  }

  /** Records that it is gone: nothing shows it any more. */
  void gone(Going one) {
    String known = one.effect.externalId();
    String rule = known == null ? one.removed.stream().findFirst().orElse(null) : known;
    one.removed.stream()
        .filter(other -> !other.equals(rule))
        .forEach(other -> owner.effects().saw(RemovalTexts.removedToo(other)));
    if (!one.released) {
      if (rule != null && !one.there.contains(rule)) {
        owner.effects().foundGone(one.effect.key());
      }
      settle(one.effect, EffectState.REVERTED, rule);
    }
  }

  private void settle(Effect effect, EffectState state, @Nullable String rule) {
    owner.effects().undone(effect.key(), state, rule, owner.moment());
  }
}
