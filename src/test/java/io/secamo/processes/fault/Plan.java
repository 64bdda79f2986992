package io.secamo.processes.fault;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is played and what goes wrong: {@code TEMPORARY: api#3 CRASH_AFTER, rt#5 LOSE_REPLY}. The
 * text repeats the run.
 */
record Plan(Story story, List<Fault> faults) {
  static Plan of(Story story, Fault... faults) {
    return new Plan(story, List.of(faults));
  }

  static Plan parse(String text) {
    String[] parts = text.split(":", 2);
    List<Fault> faults =
        parts.length < 2 || parts[1].isBlank()
            ? List.of()
            : Arrays.stream(parts[1].split(",")).map(Fault::parse).toList();
    return new Plan(Story.valueOf(parts[0].strip()), faults);
  }

  @Override
  public String toString() {
    return story + ":" + faults.stream().map(f -> " " + f).collect(Collectors.joining(","));
  }
}
