package io.secamo.processes.engine;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.text.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person said to do about a process that is stuck; admission proved who and that they may.
 *
 * @param text {@code resume:<Step>}, {@code skip:<Step>} or {@code abandon}, then any words
 * @param by who
 */
record Answer(String text, String by) {
  private static final String RESUME = "resume:";
  private static final String SKIP = "skip:";
  private static final String ABANDON = "abandon";

  static Answer in(Map<String, String> annotations) {
    return new Answer(
        annotations.getOrDefault(Annotations.RESOLVE, ""),
        annotations.getOrDefault(Annotations.RESOLVED_BY, ""));
  }

  boolean isNone() {
    return text.isEmpty() || by.isEmpty();
  }

  /** Tells one answer from the next. */
  String whole() {
    return Limit.first(300, by + " " + text);
  }

  boolean abandons() {
    return word().equals(ABANDON);
  }

  boolean resumes() {
    return word().startsWith(RESUME);
  }

  boolean skips() {
    return word().startsWith(SKIP);
  }

  String step() {
    return word().substring(word().indexOf(':') + 1);
  }

  private String word() {
    return text.split(" ", 2)[0];
  }

  /** What can be said of a process that is stuck at a step; nothing else is followed. */
  static List<String> possible(@Nullable String at, Steps<?> procedure) {
    List<String> all = new ArrayList<>();
    int here = procedure.indexOf(at);
    for (int i = 0; i <= here && i < procedure.list().size(); i++) {
      all.add(RESUME + procedure.list().get(i).name());
    }
    procedure.list().stream()
        .skip(here)
        .limit(1)
        .filter(Steps.Step::optional)
        .forEach(step -> all.add(SKIP + step.name()));
    procedure.closing().ifPresent(step -> all.add(SKIP + step.name()));
    all.add(ABANDON);
    return all;
  }

  /** Goes where the answer says: back to a step, or past one that people may leave out. */
  void follow(Progress progress, Steps<?> procedure) {
    if (!possible(progress.step(), procedure).contains(word())) {
      return;
    }
    if (skips()) {
      progress.goTo(procedure.list().get(procedure.indexOf(progress.step())).name(), step());
    } else if (resumes()) {
      progress.goTo(step(), "");
    }
  }
}
