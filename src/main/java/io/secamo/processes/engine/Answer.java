package io.secamo.processes.engine;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.text.Limit;
import java.util.List;
import java.util.Map;

/**
 * What a person said to do about a process that is stuck; admission proved who and that they may.
 *
 * @param text {@code resume:<Step>}, {@code skip:<Step>} or {@code abandon}, then any words
 * @param by who
 */
record Answer(String text, String by) {
  private static final String RESUME = "resume:";
  private static final String SKIP = "skip:";

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
    return word().equals("abandon");
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

  /** Goes where the answer says: back to a step, or past one that people may leave out. */
  <S> void follow(Progress progress, Steps<S> procedure) {
    List<Steps.Step<S>> steps = procedure.list();
    int from = procedure.indexOf(progress.step());
    String closing = procedure.closing().map(Steps.Closing::name).orElse("");
    String here = steps.get(from).name();
    boolean mayLeaveOut = steps.get(from).optional() && step().equals(here);
    if (skips() && (step().equals(closing) || mayLeaveOut)) {
      progress.goTo(here, step());
    } else if (resumes() && steps.subList(0, from + 1).stream().anyMatch(this::named)) {
      progress.goTo(step(), "");
    }
  }

  private boolean named(Steps.Step<?> step) {
    return step.name().equals(step());
  }
}
