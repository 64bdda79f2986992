package io.secamo.processes.approval;

import io.secamo.processes.api.Annotations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One person's vote on one plan at one gate, as admission let it in.
 *
 * @param gate name of the gate
 * @param voter user name, proved by the API server
 * @param decision approve or reject
 * @param reason the voter's words, may be empty
 */
public record Vote(String gate, String voter, Decision decision, String reason) {
  /** What a vote says. */
  public enum Decision {
    APPROVE("Approve"),
    REJECT("Reject");

    private final String word;

    Decision(String word) {
      this.word = word;
    }

    /** The word as it stands in status. */
    public String word() {
      return word;
    }
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
              if (key.startsWith(Annotations.APPROVE_PREFIX)) {
                String rest = key.substring(Annotations.APPROVE_PREFIX.length());
                add(votes, rest, value, digest, Decision.APPROVE);
              } else if (key.startsWith(Annotations.REJECT_PREFIX)) {
                String rest = key.substring(Annotations.REJECT_PREFIX.length());
                add(votes, rest, value, digest, Decision.REJECT);
              }
            });
    return votes;
  }

  private static void add(
      List<Vote> votes, String gateAndAny, String value, String digest, Decision decision) {
    String middle = " " + digest;
    int at = value.indexOf(middle);
    if (digest.isEmpty() || at <= 0) {
      return;
    }
    String voter = value.substring(0, at);
    String rest = value.substring(at + middle.length());
    boolean whole = rest.isEmpty() || rest.startsWith(" ");
    if (whole && voter.chars().noneMatch(Character::isWhitespace)) {
      String gate = gateAndAny.split("\\.", 2)[0];
      votes.add(new Vote(gate, voter, decision, rest.strip()));
    }
  }
}
