package io.secamo.processes.process.opening;

import io.secamo.processes.api.Effect;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** An effect that is being undone. */
final class EffectBeingUndone {
  private final Effect effect;
  private final String groupId;
  private final Set<String> seen = new HashSet<>();
  private final Set<String> handled = new HashSet<>();
  private final Set<String> removed = new LinkedHashSet<>();
  private boolean released;
  private boolean stuck;

  EffectBeingUndone(Effect effect, String group) {
    this.effect = effect;
    this.groupId = group;
  }

  Effect effect() {
    return effect;
  }

  /** A rule was seen: if it is gone after this, we have removed it. */
  EffectBeingUndone markSeen(String rule) {
    seen.add(rule);
    return this;
  }

  /** Id of the group that it was made in; empty if only a name is known. */
  String groupId() {
    return groupId;
  }

  /** Whether this pass has removed the rule, tried to, or left it to somebody. */
  boolean wasHandled(String rule) {
    return handled.contains(rule);
  }

  /** Whether this pass has removed the rule. */
  boolean wasRemoved(String rule) {
    return removed.contains(rule);
  }

  /** Whether it has to be tried again before anything can be told of it. */
  boolean isStuck() {
    return stuck;
  }

  /** A rule is being removed, or left to somebody. */
  void markHandled(String rule) {
    handled.add(rule);
  }

  /** A rule was removed. */
  void markRemoved(String rule) {
    removed.add(rule);
  }

  /** What it made is left to another request. */
  void markReleased() {
    released = true;
  }

  /** Whether it is left to another request. */
  boolean isReleased() {
    return released;
  }

  /** It could not be removed now. */
  void markStuck() {
    stuck = true;
  }

  /** Whether a rule was seen before we removed it. */
  boolean wasSeen(String rule) {
    return seen.contains(rule);
  }

  /** The rules that this pass has removed. */
  Set<String> removed() {
    return removed;
  }
}
