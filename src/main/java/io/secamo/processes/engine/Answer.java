package io.secamo.processes.engine;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.Effect;
import io.secamo.processes.api.EvidenceEntry;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.engine.journal.Journal;
import io.secamo.processes.engine.journal.Progress;
import io.secamo.processes.engine.procedure.Procedure;
import io.secamo.processes.engine.procedure.Step;
import io.secamo.processes.evidence.Chain;
import io.secamo.processes.evidence.Chain.Happening;
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
  private static final String TOLD = "Resolved";
  private static final String RESUME = "resume:";
  private static final String SKIP = "skip:";
  private static final String ABANDON = "abandon";

  /** Longer than any name and any answer that admission lets in. */
  private static final int LONGEST = 600;

  /** What is left to say when it is not known what was made. */
  static final List<String> ONLY_ABANDON = List.of(ABANDON);

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
    return Limit.first(LONGEST, by + " " + text);
  }

  boolean abandons() {
    return word().equals(ABANDON);
  }

  /** As it is recorded. */
  Happening told() {
    return new Happening(TOLD, by, null, List.of(text));
  }

  /** Whether one of these tells that somebody gave the process up. */
  static boolean gaveUp(List<EvidenceEntry> entries) {
    return entries.stream()
        .filter(entry -> entry.what().equals(TOLD) && entry.facts() != null)
        .flatMap(entry -> entry.facts().stream())
        .anyMatch(text -> new Answer(text, "").abandons());
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

  /** What can be said of a process as it stands; nothing else is followed. */
  static List<String> possible(Journal journal, Procedure<?> procedure) {
    if (journal.progress().reason().equals(Reasons.STATUS_REWRITTEN)) {
      return ONLY_ABANDON;
    }
    boolean stands = journal.effectLog().all().stream().anyMatch(Effect::toBeUndone);
    if (journal.endDecided() && stands) {
      // Once the end is decided only giving up is left.
      return ONLY_ABANDON;
    }
    if (journal.evidence().tells(Chain.ENDED)) {
      return atTheEnd(procedure);
    }
    return journal.endDecided() ? ONLY_ABANDON : possible(journal.progress().step(), procedure);
  }

  private static List<String> possible(@Nullable String at, Procedure<?> procedure) {
    List<String> all = new ArrayList<>();
    int here = procedure.indexOf(at);
    for (int i = 0; i <= here && i < procedure.steps().size(); i++) {
      all.add(RESUME + procedure.steps().get(i).name());
    }
    procedure.steps().stream()
        .skip(here)
        .limit(1)
        .filter(Step::optional)
        .forEach(step -> all.add(SKIP + step.name()));
    all.add(ABANDON);
    return all;
  }

  /** What is left to say once only its ticket is still to be closed. */
  private static List<String> atTheEnd(Procedure<?> procedure) {
    List<String> all = new ArrayList<>();
    procedure.closing().ifPresent(step -> all.add(SKIP + step.name()));
    all.add(ABANDON);
    return all;
  }

  /** Goes where the answer says: back to a step, or past one that people may leave out. */
  void follow(Progress progress, Procedure<?> procedure, List<String> possible) {
    if (!possible.contains(word())) {
      return;
    }
    if (skips()) {
      progress.goTo(procedure.steps().get(procedure.indexOf(progress.step())).name(), step());
    } else if (resumes()) {
      progress.goTo(step(), "");
    }
  }
}
