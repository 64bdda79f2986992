package io.secamo.processes.firewall.change;

import io.secamo.processes.firewall.Exposure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A part of what a change gains that is open already, and will be until a time: the change keeps it
 * open after that.
 *
 * @param until when it would be closed without the change
 * @param by who needs it until then, for people
 * @param what the part
 */
public record StillOpen(Instant until, String by, Exposure what) {
  /** As many as people read and the status holds. */
  static final int MOST = 20;

  private static final int MOST_NAMES = 3;
  private static final String LONGER = ", some of it for longer";

  /**
   * Each part once, with the last moment at which it is open.
   *
   * @param gained what the change gains
   * @param ending rules that go before the change does
   * @return the part that is closed first is the first
   */
  static List<StillOpen> of(Exposure gained, Collection<OpenRule> ending) {
    Instant last = lastToTell(ending);
    NavigableMap<Instant, List<OpenRule>> byEnd = new TreeMap<>();
    for (OpenRule rule : ending) {
      rule.until()
          .map(end -> end.isAfter(last) ? last : end)
          .ifPresent(end -> byEnd.computeIfAbsent(end, e -> new ArrayList<>()).add(rule));
    }
    List<StillOpen> parts = new ArrayList<>();
    Exposure openLonger = Exposure.NONE;
    for (Instant end : byEnd.descendingKeySet()) {
      List<OpenRule> rules = byEnd.getOrDefault(end, List.of());
      Exposure what =
          Exposure.of(rules.stream().map(OpenRule::rule).toList()).and(gained).minus(openLonger);
      if (!what.isEmpty()) {
        parts.add(0, new StillOpen(end, names(rules) + (some(rules, last) ? LONGER : ""), what));
        openLonger = openLonger.plus(what);
      }
    }
    return List.copyOf(parts);
  }

  /** What is open longer than this is open until then, at least. */
  private static Instant lastToTell(Collection<OpenRule> ending) {
    return ending.stream()
        .flatMap(rule -> rule.until().stream())
        .distinct()
        .sorted()
        .limit(MOST)
        .reduce((earlier, later) -> later)
        .orElse(Instant.MAX);
  }

  private static boolean some(List<OpenRule> rules, Instant last) {
    return rules.stream().anyMatch(r -> r.until().filter(end -> end.isAfter(last)).isPresent());
  }

  private static String names(List<OpenRule> rules) {
    List<String> all = rules.stream().map(OpenRule::by).distinct().sorted().toList();
    String some = all.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
    return all.size() > MOST_NAMES ? some + " and " + (all.size() - MOST_NAMES) + " more" : some;
  }
}
