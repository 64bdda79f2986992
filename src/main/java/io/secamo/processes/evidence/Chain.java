package io.secamo.processes.evidence;

import io.secamo.processes.api.EvidenceEntry;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec;
import io.secamo.processes.text.Limit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a process, in order. Each entry carries the hash of the one before, so none can
 * be changed, left out or moved without changing every hash after it.
 */
public final class Chain {
  /** What stands in place of a hash before the first entry. */
  public static final String GENESIS = "0".repeat(64);

  /** The word of the first entry. */
  public static final String SUBMITTED = "Submitted";

  /** The word of an entry that tells of something made in a real system. */
  public static final String APPLIED = "Applied";

  /** The word of the entry that tells how a process ended. */
  public static final String ENDED = "Ended";

  /** The word of the entry behind which something is not told any more. */
  public static final String LEFT_OUT = "LeftOut";

  // The whole must fit into an object of the API server (1.5 MB) next to the rest of the status.
  private static final int MOST = 100;

  /** What people say as often as they like leaves room for what was then done. */
  private static final int MOST_OF_PEOPLE = 60;

  private static final int MOST_WITH_GAPS = 104;
  private static final int MOST_AT_THE_END = 110;
  private static final String WITHOUT_ROOM = ", from here on: this record has no room for more";
  private static final int LINE = 300;
  private static final int MOST_COUNTED = 200;
  // So few letters that 200 of them weigh little, so many that two of 200 are not the same.
  private static final int MARK = 10;

  private final List<EvidenceEntry> entries;
  private final Set<String> leftOut;

  /** A chain that goes on from these entries, of which nothing was left out. */
  public Chain(List<EvidenceEntry> entries) {
    this(entries, List.of());
  }

  /**
   * A chain that goes on from these entries.
   *
   * @param leftOut what {@link #leftOut} said of them
   */
  public Chain(List<EvidenceEntry> entries, List<String> leftOut) {
    this.entries = new ArrayList<>(entries);
    this.leftOut = new LinkedHashSet<>(leftOut);
  }

  /** What an entry says; the chain adds number, time and hashes. */
  public record Happening(
      String what, @Nullable String by, @Nullable String digest, List<String> facts) {
    /** How many facts the schema takes. */
    public static final int MOST_FACTS = 20;

    /** Keeps to the bounds of the schema, and says so. */
    public Happening {
      List<String> kept = new ArrayList<>(facts);
      if (kept.size() > MOST_FACTS) {
        kept = new ArrayList<>(kept.subList(0, MOST_FACTS - 1));
        kept.add("and " + (facts.size() - kept.size()) + " more");
      }
      facts = kept.stream().map(f -> Limit.to(LINE, f)).toList();
    }

    /** Something the operator did or saw. */
    public static Happening of(String what, String... facts) {
      return new Happening(what, null, null, List.of(facts));
    }
  }

  /** The entries so far. */
  public List<EvidenceEntry> entries() {
    return List.copyOf(entries);
  }

  /** A mark for each thing that there was no room for, by which it is counted once. */
  public List<String> leftOut() {
    return List.copyOf(leftOut);
  }

  /** Hash of the newest entry: told to outside systems, it anchors the chain. */
  public String head() {
    return entries.isEmpty() ? GENESIS : entries.get(entries.size() - 1).hash();
  }

  /** Whether what would be done next could not be recorded as a whole any more. */
  public boolean isFull() {
    return entries.size() >= MOST_OF_PEOPLE;
  }

  /** The time of the first entry of this word; empty if there is none. */
  public Optional<Instant> since(String what) {
    return entries.stream()
        .filter(entry -> entry.what().equals(what))
        .map(EvidenceEntry::at)
        .findFirst();
  }

  /** Whether there is an entry of this word. */
  public boolean tells(String what) {
    return entries.stream().anyMatch(entry -> entry.what().equals(what));
  }

  /**
   * Whether a process with this chain may have ended: its end is always told, as long as there is
   * room for it. Of a process without any entry nothing is known.
   */
  public boolean mayHaveEnded() {
    return entries.isEmpty() || entries.size() >= MOST_AT_THE_END || tells(ENDED);
  }

  /**
   * Adds what happened, unless the chain says so already: a step that runs again after a crash
   * tells its story again. A chain that has become long takes nothing more that people say, then
   * only what ends it; that it leaves something out, it says.
   */
  public void add(Happening happening, Instant at, boolean ending) {
    if (entries.stream().anyMatch(e -> same(e, happening))) {
      return;
    }
    boolean ofPeople = happening.by() != null;
    int room = ofPeople ? MOST_OF_PEOPLE : MOST;
    if (entries.size() < (ending ? MOST_AT_THE_END : room)) {
      if (happening.what().equals(ENDED)) {
        count(at);
      }
      append(happening, at);
      return;
    }
    if (leftOut.size() < MOST_COUNTED) {
      leftOut.add(mark(happening));
    }
    if (!ending && entries.size() < (ofPeople ? MOST : MOST_WITH_GAPS)) {
      leaveOut(happening, at);
    }
  }

  /** How much a record is short of, before its last entry. */
  private void count(Instant at) {
    if (leftOut.isEmpty() || entries.size() + 1 >= MOST_AT_THE_END) {
      return;
    }
    String number = leftOut.size() + (leftOut.size() < MOST_COUNTED ? "" : " or more");
    Happening told = Happening.of(LEFT_OUT, "in all: " + number);
    if (entries.stream().noneMatch(e -> same(e, told))) {
      append(told, at);
    }
  }

  private static String mark(Happening happening) {
    return EntryHash.of(
            new EvidenceEntry(
                0,
                Instant.EPOCH,
                happening.what(),
                happening.by(),
                happening.digest(),
                happening.facts(),
                "",
                ""))
        .substring(0, MARK);
  }

  /** Whoever reads the record must not take it for the whole story. Once for each word. */
  private void leaveOut(Happening happening, Instant at) {
    Happening gap = Happening.of(LEFT_OUT, happening.what() + WITHOUT_ROOM);
    if (entries.stream().noneMatch(e -> same(e, gap))) {
      append(gap, at);
    }
  }

  /** Never earlier than the entry before: some are told at the time at which a pass began. */
  private void append(Happening happening, Instant told) {
    Instant at =
        entries.stream().map(EvidenceEntry::at).reduce(told, (a, b) -> a.isAfter(b) ? a : b);
    String previous = head();
    EvidenceEntry open =
        new EvidenceEntry(
            entries.size() + 1,
            at,
            happening.what(),
            happening.by(),
            happening.digest(),
            happening.facts(),
            previous,
            "");
    entries.add(
        new EvidenceEntry(
            open.seq(),
            at,
            open.what(),
            open.by(),
            open.digest(),
            open.facts(),
            previous,
            EntryHash.of(open)));
  }

  private static boolean same(EvidenceEntry entry, Happening happening) {
    return entry.what().equals(happening.what())
        && Objects.equals(entry.by(), happening.by())
        && Objects.equals(entry.digest(), happening.digest())
        && facts(entry).equals(happening.facts());
  }

  /** The facts of the first entry of a process: what its hash then covers. */
  public static List<String> identity(EvidenceRecordSpec.Subject process) {
    return List.of(
        "kind " + process.kind(),
        "namespace " + process.namespace(),
        "name " + process.name(),
        "uid " + process.uid(),
        "cluster " + process.cluster());
  }

  /** The process that the first entry names; empty texts for what it does not say. */
  public static EvidenceRecordSpec.Subject process(List<EvidenceEntry> entries) {
    List<String> facts = entries.isEmpty() ? List.of() : facts(entries.get(0));
    return new EvidenceRecordSpec.Subject(
        fact(facts, "kind "),
        fact(facts, "namespace "),
        fact(facts, "name "),
        fact(facts, "uid "),
        fact(facts, "cluster "));
  }

  private static String fact(List<String> facts, String word) {
    return facts.stream()
        .filter(f -> f.startsWith(word))
        .map(f -> f.substring(word.length()))
        .findFirst()
        .orElse("");
  }

  /** What is wrong with a record, for people; empty if every entry is where and what it was. */
  public static Optional<String> problem(EvidenceRecordSpec spec) {
    if (spec.entries().isEmpty()) {
      return Optional.of("the record has no entries");
    }
    String previous = GENESIS;
    int seq = 1;
    for (EvidenceEntry entry : spec.entries()) {
      String at = "entry " + seq + " (" + entry.what() + ") ";
      if (entry.seq() != seq) {
        return Optional.of(
            at + "carries the number " + entry.seq() + ": an entry is missing or moved");
      }
      if (!entry.previous().equals(previous)) {
        return Optional.of(at + "does not follow the entry before it");
      }
      if (!EntryHash.of(entry).equals(entry.hash())) {
        return Optional.of(at + "was changed: its hash does not fit");
      }
      previous = entry.hash();
      seq++;
    }
    EvidenceEntry first = spec.entries().get(0);
    boolean ours = first.what().equals(SUBMITTED) && begins(facts(first), identity(spec.process()));
    return ours
        ? Optional.empty()
        : Optional.of("the record names another process than its first entry");
  }

  private static boolean begins(List<String> facts, List<String> with) {
    return facts.size() >= with.size() && facts.subList(0, with.size()).equals(with);
  }

  private static List<String> facts(EvidenceEntry entry) {
    return entry.facts() == null ? List.of() : entry.facts();
  }
}
