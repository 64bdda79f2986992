package io.secamo.processes.engine.procedure;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Which step of a procedure gives something to later ones, and which takes it. */
final class DeclaredOutputs {
  private final Map<String, String> givers = new HashMap<>();
  private final Map<String, Set<String>> taken = new HashMap<>();

  void gives(String step, List<String> outputs) {
    for (String output : outputs) {
      if (givers.putIfAbsent(output, step) != null) {
        throw new IllegalArgumentException("two steps give " + output);
      }
    }
  }

  void takes(String step, List<String> outputs) {
    for (String output : outputs) {
      if (!givers.containsKey(output) || gives(step, output)) {
        throw new IllegalArgumentException(
            step + " takes " + output + ", which no step before it gives");
      }
      taken.computeIfAbsent(step, unused -> new HashSet<>()).add(output);
    }
  }

  /** Sees that a step takes nothing of those that do not wait for it, nor it for them. */
  void notBeside(String step, Predicate<String> beside) {
    for (String output : taken.getOrDefault(step, Set.of())) {
      if (beside.test(String.valueOf(givers.get(output)))) {
        throw new IllegalArgumentException(
            step + " takes " + output + ", which a step beside it gives");
      }
    }
  }

  boolean gives(String step, String output) {
    return step.equals(givers.get(output));
  }

  boolean takes(String step, String output) {
    return taken.getOrDefault(step, Set.of()).contains(output);
  }
}
