package io.secamo.processes.fault;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Judges a run from what others wrote down: the ledger of the outside systems, every version of the
 * request, the evidence, the writes. Knows nothing of the operator's code.
 */
final class Checker {
  static final Set<String> TERMINAL =
      Set.of(
          "Completed",
          "AlreadySatisfied",
          "Expired",
          "Rejected",
          "ApprovalTimedOut",
          "Withdrawn",
          "RolledBack",
          "Removed");

  static final Duration SLACK = Duration.ofMillis(1500);

  /** A pass counts from its begin, and a call in it may be slow. */
  private static final Duration EARLY = Duration.ofSeconds(60);

  private static final Duration LATE = Duration.ofSeconds(20);

  /**
   * Three seconds of access, an operator that is away for five, a new leader, and a removal that is
   * tried again after a minute.
   */
  static final Duration GONE = Duration.ofSeconds(100);

  private final Story story;
  private final Seen seen;
  private final int replicas;
  private final int again;
  private Instant quietSince = Instant.MIN;
  private final Duration allowance;
  private final List<String> violations = new ArrayList<>();

  /** What was seen of a run. */
  record Seen(
      String uid,
      List<History.Version> versions,
      List<Ledger.Entry> deeds,
      List<String> openTickets,
      List<String> keys,
      List<String> rules,
      List<String> foreignTouched,
      JsonNode evidence,
      List<String> writes,
      List<String> secrets) {}

  /** Three times what a run without faults needs: 8 for a temporary change. */
  private static final int MOST_WRITES = 24;

  /** Told that no vote counts, planned, shown and voted again; three times that too. */
  private static final int ASKING = 12;

  private int mostWrites;

  /**
   * Of one run.
   *
   * @param replicas how many times a second operator took over from a living one
   * @param again how many times what was made could not be recorded, so that it is made again
   */
  Checker(Story story, Seen seen, int replicas, int again) {
    this.again = again;
    this.allowance = Stalls.allowance();
    this.story = story;
    this.mostWrites = MOST_WRITES * story.requests();
    this.seen = seen;
    this.replicas = replicas;
  }

  /**
   * How often the admission policies were exchanged: then there is another plan, and other votes.
   */
  Checker askedAnew(int times) {
    mostWrites += ASKING * times;
    return this;
  }

  /** From when on nothing kept the operator from what it had to do. */
  Checker quietSince(Instant then) {
    quietSince = then;
    return this;
  }

  /**
   * What was not kept.
   *
   * @param over whether the process came to its end in time
   */
  List<String> violations(boolean over) {
    nothingWithoutApproval();
    onlyWhatShallStay();
    expiresWhenItWasSaid();
    goneAtItsTime();
    comesToItsEnd(over);
    return ofAnyRequest();
  }

  /** What was not kept of what is promised whatever people do with a request. */
  List<String> ofAnyRequest() {
    oneTicket();
    noCommentTwice();
    evidenceTellsAll();
    legalEdges();
    noOpenTicket();
    noSecret();
    foreignThingsStay();
    fewWrites();
    return violations;
  }

  private List<Ledger.Entry> deeds(String what) {
    return seen.deeds().stream().filter(e -> e.what().equals(what)).toList();
  }

  private void oneTicket() {
    if (seen.keys().size() != new HashSet<>(seen.keys()).size() || seen.keys().size() > 1) {
      violations.add("I1: tickets with keys " + seen.keys());
    }
  }

  /** One after the other, each operator looks first whether a comment is there. */
  private void noCommentTwice() {
    List<String> markers = deeds("ticket.comment").stream().map(e -> lastLine(e.text())).toList();
    if (replicas == 0 && markers.size() != new HashSet<>(markers).size()) {
      violations.add("I1: a comment was written twice: " + markers);
    }
  }

  private static String lastLine(String text) {
    return text.substring(text.strip().lastIndexOf('\n') + 1).strip();
  }

  private void nothingWithoutApproval() {
    List<Ledger.Entry> added = deeds("rule.added");
    // Nothing in Neutron stops a replica that wakes up late; what it adds has to go again (I3).
    if (added.size() > 1 + replicas + again || deeds("rule.removed").size() < added.size() - 1) {
      violations.add("I2: the rule was added " + added.size() + " times");
    }
    for (Ledger.Entry deed : added) {
      if (!story.approved) {
        violations.add("I2: rule added although nobody approved");
      }
      if (seen.versions().stream()
          .noneMatch(
              v ->
                  !v.at().isAfter(deed.at().plus(SLACK).plus(allowance)) && approved(v.object()))) {
        violations.add("I2: rule added at " + deed.at() + " before any valid vote was stored");
      }
      Instant before = deed.at().minus(SLACK.multipliedBy(4)).minus(allowance);
      if (seen.versions().stream()
          .anyMatch(v -> v.at().isBefore(before) && takenBack(v.object()))) {
        violations.add("I2: rule added after the request was taken back");
      }
    }
  }

  static boolean approved(JsonNode object) {
    String digest = object.at("/status/plan/digest").asText("none");
    JsonNode annotations = object.at("/metadata/annotations");
    String requester = annotations.path("processes.secamo.io/requested-by").asText();
    for (Map.Entry<String, JsonNode> annotation : annotations.properties()) {
      String[] words = annotation.getValue().asText().split(" ");
      if (annotation.getKey().startsWith("approve.processes.secamo.io/security.")
          && words.length > 1
          && words[1].equals(digest)
          && !words[0].equals(requester)) {
        return true;
      }
    }
    return false;
  }

  private static boolean takenBack(JsonNode object) {
    return object.at("/spec/withdrawn").asBoolean()
        || object.at("/metadata").hasNonNull("deletionTimestamp");
  }

  private void onlyWhatShallStay() {
    int wanted = story.stays ? 1 : 0;
    if (seen.rules().size() != wanted) {
      violations.add("I3: rules at the end: " + seen.rules() + ", there should be " + wanted);
    }
  }

  /** The time begins when the change is made: not by a clock that is wrong, nor a second time. */
  private void expiresWhenItWasSaid() {
    List<Ledger.Entry> added = deeds("rule.added");
    if (story != Story.TEMPORARY || added.isEmpty()) {
      return;
    }
    // It counts from when the rule was seen, and a cloud that is away does not show it.
    Instant seenFrom =
        Stream.of(added, deeds(Genuine.BACK))
            .flatMap(List::stream)
            .filter(e -> !e.id().equals(Fault.Channel.RT.name()))
            .map(Ledger.Entry::at)
            .max(Instant::compareTo)
            .orElseThrow();
    Instant latest = seenFrom.plus(LATE).plus(allowance);
    // What was said before it was made holds for an attempt that came to nothing.
    List<History.Version> since =
        seen.versions().stream().filter(v -> !v.at().isBefore(added.getFirst().at())).toList();
    for (History.Version v : since) {
      String said = v.object().at("/status/expiresAt").asText("");
      Instant earliest = added.getFirst().at().minus(EARLY).minus(allowance);
      if (!said.isEmpty()
          && (Instant.parse(said).isBefore(earliest) || Instant.parse(said).isAfter(latest))) {
        violations.add("I3: would expire at " + said + ", made at " + added.getFirst().at());
        return;
      }
      boolean soon =
          !said.isEmpty()
              && deeds("rule.removed").stream()
                  .anyMatch(
                      r -> r.at().isBefore(Instant.parse(said).minusSeconds(1).minus(allowance)));
      if (soon) {
        violations.add("I3: removed before " + said);
        return;
      }
    }
  }

  /** Each rule of a temporary change is gone at its end, or as soon as nothing stood in the way. */
  private void goneAtItsTime() {
    if (story != Story.TEMPORARY) {
      return;
    }
    List<Ledger.Entry> removed = deeds("rule.removed");
    for (Ledger.Entry added : deeds("rule.added")) {
      Instant last =
          Stream.of(Stream.of(added), deeds(Genuine.BACK).stream())
              .flatMap(s -> s)
              .map(Ledger.Entry::at)
              .max(Instant::compareTo)
              .orElseThrow();
      Instant due = last.isAfter(quietSince) ? last : quietSince;
      Instant latest = due.plus(GONE).plus(allowance);
      boolean late =
          removed.stream()
              .filter(r -> r.id().equals(added.id()))
              .anyMatch(r -> r.at().isAfter(latest));
      if (late) {
        violations.add("I3: rule " + added.id() + " made at " + added.at() + " went too late");
      }
    }
  }

  private void comesToItsEnd(boolean over) {
    if (!over) {
      History.Version last = seen.versions().isEmpty() ? null : seen.versions().getLast();
      violations.add(
          "I4: not over: "
              + (last == null
                  ? "no status"
                  : last.object().at("/status/state") + " " + last.object().at("/status/message")));
    } else if (!story.deleted() && !seen.versions().getLast().state().equals(story.ending())) {
      violations.add("I4: ended as " + seen.versions().getLast().state());
    }
  }

  private void evidenceTellsAll() {
    if (seen.versions().stream().noneMatch(v -> TERMINAL.contains(v.state()))) {
      return;
    }
    int applied = 0;
    String previous = "0".repeat(64);
    int seq = 1;
    for (JsonNode entry : seen.evidence()) {
      boolean chained =
          entry.path("seq").asInt() == seq++
              && entry.path("previous").asText().equals(previous)
              && entry.path("hash").asText().equals(hash(entry));
      if (!chained) {
        violations.add("I5: entry " + entry + " does not fit into the chain");
      }
      previous = entry.path("hash").asText();
      applied += entry.path("what").asText().equals("Applied") ? ids(entry) : 0;
    }
    if (seq == 1) {
      violations.add("I5: no evidence");
    }
    if (applied < deeds("rule.added").size() && deeds("rule.removed").isEmpty()) {
      violations.add("I5: " + applied + " effects in the evidence");
    }
  }

  /** One for each rule that an entry tells of. */
  private static int ids(JsonNode entry) {
    return entry.path("facts").toString().split("\"id ", -1).length - 1;
  }

  /** Lengths and values of the fields in order, see docs: evidence. */
  private static String hash(JsonNode entry) {
    List<String> fields = new ArrayList<>();
    fields.add(entry.path("seq").asText());
    fields.add(entry.path("at").asText());
    fields.add(entry.path("what").asText());
    fields.add(entry.path("by").asText(""));
    fields.add(entry.path("digest").asText(""));
    fields.add(Integer.toString(entry.path("facts").size()));
    entry.path("facts").forEach(fact -> fields.add(fact.asText()));
    fields.add(entry.path("previous").asText());
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      for (String field : fields) {
        byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
        sha256.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        sha256.update(bytes);
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void legalEdges() {
    Edges edges = new Edges(story == Story.REMOVED);
    String before = "";
    long version = 0;
    for (History.Version v : seen.versions()) {
      long number = v.object().at("/metadata/resourceVersion").asLong();
      if (number <= version) {
        continue;
      }
      version = number;
      String now = v.state();
      if (!now.equals(before) && !edges.contains(before, now)) {
        violations.add("I6: " + before + " -> " + now);
      }
      before = now;
    }
  }

  private void noOpenTicket() {
    if (!seen.openTickets().isEmpty()) {
      violations.add("I7: open tickets " + seen.openTickets());
    }
    String last = seen.versions().isEmpty() ? "" : seen.versions().getLast().state();
    if (Set.of("Completed", "Expired", "Removed").contains(last)
        && !deeds("ticket.rejected").isEmpty()) {
      violations.add("I7: the ticket was rejected although the change was made");
    }
  }

  private void noSecret() {
    String all = seen.versions() + " " + seen.deeds() + " " + seen.evidence();
    for (String secret : seen.secrets()) {
      if (all.contains(secret)) {
        violations.add("I8: a secret was written down");
      }
    }
  }

  private void foreignThingsStay() {
    if (!seen.foreignTouched().isEmpty()) {
      violations.add("I9: somebody else's tickets were written to: " + seen.foreignTouched());
    }
    for (History.Version v : seen.versions()) {
      if (v.object().at("/metadata/annotations/example.com~1foreign").isMissingNode()) {
        violations.add("I9: the foreign annotation is gone");
        return;
      }
    }
  }

  private void fewWrites() {
    if (seen.writes().size() > mostWrites) {
      violations.add("I10: " + seen.writes().size() + " writes");
    }
  }
}
