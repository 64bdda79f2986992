package io.secamo.processes.approval;

import io.secamo.processes.api.Annotations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One person's vote on one plan at one gate, as admission let it in.
 *
 * @param gate name of the gate
 * @param voter user name, proved by the API server
 * @param decision approve, reject or override
 * @param reason the voter's words, may be empty; of an override the incident comes first
 * @param deputy whether the voter votes in somebody's place
 * @param standsFor in whose place, once a delegation was found
 */
public record Vote(
    String gate,
    String voter,
    Decision decision,
    String reason,
    boolean deputy,
    Optional<String> standsFor) {
  /** What a vote says. */
  public enum Decision {
    APPROVE("Approve", Annotations.APPROVE_PREFIX),
    REJECT("Reject", Annotations.REJECT_PREFIX),
    OVERRIDE("Override", Annotations.OVERRIDE_PREFIX);

    private final String word;
    private final String prefix;

    Decision(String word, String prefix) {
      this.word = word;
      this.prefix = prefix;
    }

    /** The word as it stands in status. */
    public String word() {
      return word;
    }
  }

  /** A vote in one's own right. */
  public Vote(String gate, String voter, Decision decision, String reason) {
    this(gate, voter, decision, reason, false, Optional.empty());
  }

  /**
   * The votes for one plan among annotations. A vote for another plan does not count. The value is
   * split at the digest that is expected, not at the first space, so that no user name can be read
   * as somebody else's vote.
   *
   * @param digest short digest of the current plan
   */
  public static List<Vote> read(Map<String, String> annotations, String digest) {
    List<Vote> votes = new ArrayList<>();
    new TreeMap<>(annotations)
        .forEach(
            (key, value) -> {
              for (Decision decision : Decision.values()) {
                if (key.startsWith(decision.prefix)) {
                  String rest = key.substring(decision.prefix.length());
                  parse(rest, value, digest, decision).ifPresent(votes::add);
                }
              }
            });
    return votes;
  }

  /** Keys and values of all votes, for whatever plan, in order. */
  public static List<String> all(Map<String, String> annotations) {
    List<String> lines = new ArrayList<>();
    new TreeMap<>(annotations)
        .forEach(
            (key, value) -> {
              for (Decision decision : Decision.values()) {
                if (key.startsWith(decision.prefix)) {
                  lines.addAll(List.of(key, value));
                }
              }
            });
    return lines;
  }

  private static Optional<Vote> parse(
      String gateAndAny, String value, String digest, Decision decision) {
    String middle = " " + digest;
    int at = value.indexOf(middle);
    if (digest.isEmpty() || at <= 0) {
      return Optional.empty();
    }
    String voter = value.substring(0, at);
    String rest = value.substring(at + middle.length());
    boolean whole = rest.isEmpty() || rest.startsWith(" ");
    if (!whole || voter.chars().anyMatch(Character::isWhitespace)) {
      return Optional.empty();
    }
    String[] parts = gateAndAny.split("\\.", 2);
    boolean deputy = parts.length == 2 && parts[1].startsWith(Annotations.DEPUTY);
    return Optional.of(new Vote(parts[0], voter, decision, rest.strip(), deputy, Optional.empty()));
  }

  /** Who voted, however the name is spelled. */
  Person person() {
    return Person.of(voter);
  }

  /** Whether two user names are one person's. */
  public static boolean samePerson(String one, String other) {
    return Person.of(one).is(other);
  }

  /** Whether it is the same vote, in whosever place. */
  public boolean isSameAs(Vote other) {
    return equals(
        new Vote(other.gate, other.voter, other.decision, other.reason, other.deputy, standsFor));
  }

  /** The same vote in somebody's place. */
  Vote inPlaceOf(String person) {
    return new Vote(gate, voter, decision, reason, deputy, Optional.of(person));
  }

  /** The incident of an override; empty if it names none. */
  public Optional<String> incident() {
    String word = reason.split(" ", 2)[0];
    return decision == Decision.OVERRIDE && !word.isEmpty() ? Optional.of(word) : Optional.empty();
  }
}
