package io.secamo.processes.engine.journal;

import io.secamo.processes.api.ProcessStatus.Step;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where each step of a process stands, and what it gave to later ones. */
public final class StepStates {
  private static final String DONE = "Done";
  private static final String SKIPPED = "Skipped";

  private final Map<String, Step> steps = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> pending = new HashMap<>();

  StepStates(List<Step> stored) {
    stored.forEach(step -> steps.put(step.name(), step));
  }

  List<Step> all() {
    return List.copyOf(steps.values());
  }

  /** A step is done, unless it was before or people skipped it. */
  public void done(String name, Instant now) {
    if (!is(name, DONE) && !is(name, SKIPPED)) {
      Step before = steps.get(name);
      Integer attempts = before == null ? null : before.attempts();
      steps.put(name, new Step(name, DONE, attempts, now, pending.remove(name)));
    }
  }

  /** A step is not for this request, as its condition says. */
  public void leftOut(String name, Instant now) {
    steps.put(name, new Step(name, "LeftOut", null, now, null));
  }

  /** A step that was done is to be done again. */
  public void again(String name) {
    steps.remove(name);
  }

  /** Whether a step was done, and is not to be done again. */
  public boolean isDone(String name) {
    return is(name, DONE);
  }

  /** Whether people skipped a step. */
  public boolean skipped(String name) {
    return is(name, SKIPPED);
  }

  void skip(String name) {
    steps.put(name, new Step(name, SKIPPED, null, null, null));
  }

  void retries(String name, boolean counts) {
    int attempts = attempts(name) + (counts ? 1 : 0);
    steps.put(name, new Step(name, "Retrying", attempts, null, null));
  }

  void failed(String name) {
    Step before = steps.get(name);
    steps.put(
        name, new Step(name, "Failed", before == null ? null : before.attempts(), null, null));
  }

  /** How often a step has failed since it was done last. */
  int attempts(String name) {
    Step before = steps.get(name);
    @Nullable Integer attempts = before == null || is(name, DONE) ? null : before.attempts();
    return attempts == null ? 0 : attempts;
  }

  /** A step gives something to later ones, once it is done. */
  public void give(String step, String name, String value) {
    pending.computeIfAbsent(step, unused -> new LinkedHashMap<>()).put(name, value);
  }

  /** What a step that is done gave under this name. */
  public Optional<String> given(String name) {
    return steps.values().stream()
        .map(Step::outputs)
        .filter(Objects::nonNull)
        .map(outputs -> outputs.get(name))
        .filter(Objects::nonNull)
        .findFirst();
  }

  private boolean is(String name, String state) {
    Step before = steps.get(name);
    return before != null && before.state().equals(state);
  }
}
