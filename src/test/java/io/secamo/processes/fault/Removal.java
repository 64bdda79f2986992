package io.secamo.processes.fault;

import io.secamo.processes.fault.Checker.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The second request of {@link StepEvidence#REMOVED}: once the first one is Completed, its
 * requester asks that what it opened is removed. Judged is what it brings about, and when.
 */
final class Removal implements AutoCloseable {
  private final Slot slot;
  private final String first;
  private final String name;
  private final History history;
  private final People people;
  private String uid = "";

  /** Asked for by nobody yet. */
  Removal(Slot slot, String first) {
    this.slot = slot;
    this.first = first;
    // Tickets and rules of a request are found by how their texts begin or end.
    this.name = "end-of-" + first;
    this.history = new History(slot.server(), slot.requests(), name);
    this.people = new People(slot.server(), Story.REMOVED, path());
  }

  String name() {
    return name;
  }

  String path() {
    return slot.requests() + "/" + name;
  }

  /** Does what is to be done at this version of the first request. */
  void look(History.Version now) {
    if (uid.isEmpty() && now.state().equals("Completed")) {
      var unused = slot.server().post("requester", slot.requests(), Story.removal(name, first));
      ApiServer.Answer made = slot.server().get("admin", path());
      uid = made.code() == 200 ? made.json().at("/metadata/uid").asText() : "";
    }
    Optional.ofNullable(history.last()).ifPresent(people::look);
  }

  boolean over() {
    return history.last() != null && Checker.TERMINAL.contains(history.last().state());
  }

  /** What was seen of it. */
  Seen seen(Outside outside) {
    return new Witness(slot, outside).seen(history, uid, name, List.of());
  }

  /**
   * What was not kept in the end.
   *
   * @param first what was seen of the first request
   * @param own what was seen of this one
   * @param quietSince from when on nothing kept the operator from what it had to do
   */
  static List<String> violations(Seen first, Seen own, Instant quietSince) {
    List<String> violations = new ArrayList<>();
    String end = own.versions().isEmpty() ? "" : own.versions().getLast().state();
    if (!end.equals("Completed")) {
      violations.add("I4: the removal ended as " + end);
    }
    Duration allowance = Stalls.allowance();
    Instant approved = approved(first.uid(), own);
    List<Instant> removed = at(first, "rule.removed");
    long early =
        removed.stream()
            .filter(at -> at.plus(Checker.SLACK).plus(allowance).isBefore(approved))
            .count();
    // What was made twice, or could not be recorded, is taken back at once: one of them stays.
    if (early > Math.max(0, at(first, "rule.added").size() - 1)) {
      violations.add("I2: rule removed without an approved removal request");
    }
    Instant due =
        Stream.of(approved, quietSince)
            .filter(at -> !at.equals(Instant.MAX))
            .max(Instant::compareTo)
            .orElseThrow();
    if (removed.stream().anyMatch(at -> at.isAfter(due.plus(Checker.GONE).plus(allowance)))) {
      violations.add("I3: rule removed too late, it was due at " + due);
    }
    return violations;
  }

  /** When a valid vote on the removal of that request was first stored; else never. */
  private static Instant approved(String first, Seen own) {
    return own.versions().stream()
        .filter(v -> v.object().at("/status/plan/removes/uid").asText().equals(first))
        .filter(v -> Checker.approved(v.object()))
        .map(History.Version::at)
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }

  private static List<Instant> at(Seen seen, String what) {
    return seen.deeds().stream()
        .filter(deed -> deed.what().equals(what))
        .map(Ledger.Entry::at)
        .toList();
  }

  @Override
  public void close() {
    history.close();
  }
}
