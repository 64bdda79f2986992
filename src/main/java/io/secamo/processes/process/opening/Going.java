package io.secamo.processes.process.opening;

import io.secamo.processes.api.Effect;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** An effect that is being undone. */
final class Going {
  private final Effect effect;
  private final String group;
  private final Set<String> there = new HashSet<>();
  private final Set<String> tried = new HashSet<>();
  private final Set<String> removed = new LinkedHashSet<>();
  private boolean released;
  private boolean stuck;

  Going(Effect effect, String group) {
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

  /** A rule is being removed, or left to somebody. */
  void tries(String rule) {
    tried.add(rule);
  }

  /** A rule was removed. */
  void removes(String rule) {
    removed.add(rule);
  }

  /** What it made is left to another request. */
  void release() {
    released = true;
  }

  boolean released() {
    return released;
  }

  /** It could not be removed now. */
  void stick() {
    stuck = true;
  }

  /** Whether a rule was seen before we removed it. */
  boolean was(String rule) {
    return there.contains(rule);
  }

  /** The rules that this pass has removed. */
  Set<String> removed() {
    return removed;
  }
}
