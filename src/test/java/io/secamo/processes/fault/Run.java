package io.secamo.processes.fault;

import com.fasterxml.jackson.databind.JsonNode;
import io.secamo.processes.systems.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plays one plan from request to end, then has it judged. */
final class Run {
  private static final Logger LOG = LoggerFactory.getLogger(Run.class);

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private final Slot slot;
  private final Plan plan;
  private final Trouble trouble;
  private final Path folder;
  private final Ledger ledger;
  private final Outside outside;
  private final Mishaps mishaps;
  private final List<String> writes = new CopyOnWriteArrayList<>();
  private final List<Incarnation> lives = new CopyOnWriteArrayList<>();
  private final String name;
  private volatile boolean ended;
  private volatile History history;
  private Optional<Removal> removal = Optional.empty();

  /**
   * What came of it.
   *
   * @param violations what was promised and not kept
   * @param trouble what went wrong, and how many calls there were
   */
  record Result(
      Plan plan, List<String> violations, Trouble trouble, List<String> writes, Path folder) {}

  Run(Slot slot, Plan plan, Path base, Outside.Maker world) {
    this.slot = slot;
    this.plan = plan;
    this.trouble = new Trouble(plan.faults());
    this.name =
        plan.story().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-')
            + "-"
            + NUMBER.incrementAndGet();
    this.folder = base.resolve(name);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.ledger = new Ledger(folder.resolve("ledger.jsonl"));
    this.outside = world.apply(ledger);
    this.mishaps = new Mishaps(slot, outside, name, this::expires);
  }

  Slot slot() {
    return slot;
  }

  ApiServer server() {
    return slot.server();
  }

  Trouble trouble() {
    return trouble;
  }

  Outside outside() {
    return outside;
  }

  Mishaps mishaps() {
    return mishaps;
  }

  History history() {
    return history;
  }

  /** Connections and policies are judged once for each start, not for each process. */
  void wrote(String what) {
    if (!what.contains("/connections/") && !what.contains("/approvalpolicies/")) {
      writes.add(what);
    }
  }

  /** An operator died: what runs it starts it again after a while. */
  void died(Duration pause) {
    Thread.ofVirtual()
        .start(
            () -> {
              Front.pause(pause);
              startUntilItStands();
            });
  }

  /** One more operator, started again until it stands. */
  void another() {
    died(Duration.ZERO);
  }

  private void startUntilItStands() {
    while (!ended) {
      try {
        Incarnation life = new Incarnation(this);
        lives.add(life);
        if (ended) {
          // Whoever ended the run may have stopped the lives before this one was among them.
          life.stop();
          return;
        }
        try {
          life.live();
          return;
        } catch (RuntimeException couldNotStart) {
          LOG.warn("{} {} could not start", name, plan, couldNotStart);
          if (life.over()) {
            return;
          }
          life.stop();
          Front.pause(Duration.ofMillis(300));
        }
      } catch (IOException noPort) {
        Front.pause(Duration.ofMillis(300));
      }
    }
  }

  /** Only of a change that lives for seconds: nobody waits for the others. */
  private Instant expires() {
    History.Version last = history == null ? null : history.last();
    String at = last == null ? "" : last.object().at("/status/expiresAt").asText("");
    return plan.story() == Story.TEMPORARY && !at.isEmpty() ? Instant.parse(at) : Instant.EPOCH;
  }

  Result play() {
    String request = slot.requests() + "/" + name;
    outside.prepare(name);
    try (History recorder = new History(server(), slot.requests(), name)) {
      history = recorder;
      JsonNode created =
          server()
              .post("requester", slot.requests(), plan.story().yaml(name, outside.life()))
              .orFail()
              .json();
      String uid = created.at("/metadata/uid").asText();
      if (plan.story() == Story.REMOVED) {
        removal = Optional.of(new Removal(slot, name));
      }
      another();
      boolean over = until(recorder, new People(server(), plan.story(), request));
      trouble.over();
      // Whatever still comes after the end would be wrong.
      Front.pause(Duration.ofMillis(200));
      lateOnes();
      mishaps.mend();
      Checker.Seen seen = new Witness(slot, outside).seen(recorder, uid, name, writes);
      List<String> violations =
          new Checker(plan.story(), seen, replicas(), unrecorded())
              .quietSince(mishaps.quietSince())
              .violations(over);
      List<Checker.Seen> all = new ArrayList<>(List.of(seen));
      removal.ifPresent(it -> all.add(judged(it, seen, violations)));
      removal.map(Removal::path).ifPresent(this::tidy);
      tidy(request);
      outside.tidy(name);
      return result(violations, all);
    } finally {
      ended = true;
      removal.ifPresent(Removal::close);
      try {
        mishaps.mend();
      } finally {
        lives.forEach(Incarnation::stop);
      }
    }
  }

  private Checker.Seen judged(Removal it, Checker.Seen first, List<String> violations) {
    Checker.Seen own = it.seen(outside);
    violations.addAll(Removal.violations(first, own, mishaps.quietSince()));
    new Checker(Story.LASTING, own, replicas(), unrecorded())
        .ofAnyRequest()
        .forEach(text -> violations.add("removal: " + text));
    return own;
  }

  private int replicas() {
    return (int) trouble.happened().stream().filter(f -> f.kind() == Fault.Kind.HOLD).count();
  }

  private int unrecorded() {
    return (int) trouble.happened().stream().filter(f -> f.kind() == Fault.Kind.FULL).count();
  }

  /** A replica that stood still may act once more, and has to take that back. */
  private void lateOnes() {
    if (replicas() == 0) {
      return;
    }
    Front.pause(Duration.ofSeconds(5));
    Instant end = Instant.now().plus(Patience.LIMIT);
    int wanted = plan.story().stays ? 1 : 0;
    while (outside.rules(name).size() != wanted && Instant.now().isBefore(end)) {
      Front.pause(Duration.ofMillis(100));
    }
  }

  private boolean until(History history, People people) {
    Instant end = Instant.now().plus(outside.patience());
    while (Instant.now().isBefore(end)) {
      History.Version last = history.last();
      if (last != null && over(last)) {
        return true;
      }
      if (last != null) {
        people.look(last);
        removal.ifPresent(it -> it.look(last));
      }
      Front.pause(Duration.ofMillis(40));
    }
    return false;
  }

  private boolean over(History.Version last) {
    if (removal.isPresent()) {
      return last.state().equals("Removed") && removal.get().over();
    }
    return plan.story().deleted()
        ? last.type().equals("DELETED")
        : Checker.TERMINAL.contains(last.state());
  }

  private void tidy(String request) {
    Instant end = Instant.now().plus(Patience.LIMIT);
    server().delete("admin", request);
    while (server().get("admin", request).code() == 200 && Instant.now().isBefore(end)) {
      Front.pause(Duration.ofMillis(50));
    }
    if (server().get("admin", request).code() == 200) {
      // Only the operator may let it go.
      server().patch("operator", request, "{\"metadata\":{\"finalizers\":null}}");
    }
  }

  private Result result(List<String> violations, List<Checker.Seen> all) {
    try {
      if (violations.isEmpty()) {
        Files.delete(folder.resolve("ledger.jsonl"));
        Files.delete(folder);
      } else {
        Files.writeString(
            folder.resolve("plan.txt"), plan + "\n" + String.join("\n", violations) + "\n");
        StringBuilder text = new StringBuilder();
        all.stream()
            .flatMap(seen -> seen.versions().stream())
            .forEach(
                v ->
                    text.append(v.at())
                        .append(' ')
                        .append(v.type())
                        .append(' ')
                        .append(v.object())
                        .append('\n'));
        Files.writeString(folder.resolve("history.jsonl"), text);
        Files.writeString(folder.resolve("writes.txt"), String.join("\n", all.getFirst().writes()));
      }
    } catch (IOException e) {
      // No ledger file: nothing was done outside.
      if (!violations.isEmpty()) {
        throw new UncheckedIOException(e);
      }
    }
    return new Result(plan, violations, trouble, List.copyOf(writes), folder);
  }
}
