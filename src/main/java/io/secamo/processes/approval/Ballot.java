package io.secamo.processes.approval;

import io.secamo.processes.approval.Vote.Decision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Counts votes: n different people within a gate, all gates, one gate a person unless the policies
 * say otherwise, never the requester, and a single rejection ends it. Whoever voted was allowed to
 * by admission; this counts.
 */
public final class Ballot {
  private final RequiredGates required;
  private final List<Vote> votes;
  private final Instant asked;
  private final Instant now;

  /**
   * The votes on one plan.
   *
   * @param required what must be passed
   * @param votes votes for the current plan, deputies' votes already matched with delegations
   * @param asked when the plan was shown to people
   */
  public Ballot(RequiredGates required, List<Vote> votes, Instant asked, Instant now) {
    this.required = required;
    this.votes = List.copyOf(votes);
    this.asked = asked;
    this.now = now;
  }

  /**
   * The votes that count: deputies only with a delegation by somebody else than the requester, and
   * never next to a vote of the person they stand for or of their own.
   */
  public static List<Vote> counting(
      List<Vote> votes, List<Delegation> delegations, String requester, Instant now) {
    List<Vote> counting = new ArrayList<>();
    Set<String> used = new HashSet<>();
    for (Vote vote : votes) {
      if (!vote.deputy() && !vote.voter().equals(requester)) {
        counting.add(vote);
        if (vote.decision() != Decision.REJECT) {
          used.add(vote.voter());
        }
      }
    }
    for (Vote vote : votes) {
      if (vote.deputy() && !vote.voter().equals(requester) && !used.contains(vote.voter())) {
        Optional<String> person =
            delegations.stream()
                .filter(d -> d.covers(vote, now) && !d.by().equals(requester))
                .map(Delegation::by)
                .filter(by -> !used.contains(by))
                .sorted()
                .findFirst();
        person.ifPresent(
            by -> {
              counting.add(vote.inPlaceOf(by));
              used.add(by);
              used.add(vote.voter());
            });
      }
    }
    return counting;
  }

  /** What the votes come to. */
  public Verdict judge() {
    List<Verdict.GateCount> counts = required.onePersonManyGates() ? eachGateAlone() : together();
    Set<String> names = new HashSet<>();
    required.gates().forEach(gate -> names.addAll(accepted(gate)));
    Optional<Vote> no =
        votes.stream()
            .filter(v -> v.decision() == Decision.REJECT && names.contains(v.gate()))
            .findFirst();
    if (no.isPresent()) {
      return new Verdict.Rejected(counts, no.get());
    }
    boolean all = !counts.isEmpty() && counts.stream().allMatch(Verdict.GateCount::passed);
    return all ? new Verdict.Passed(counts) : new Verdict.Open(counts);
  }

  /** The gates whose people's votes count at a gate by now. */
  private List<String> accepted(RequiredGate gate) {
    List<String> names = new ArrayList<>(List.of(gate.name()));
    gate.escalatedTo(asked, now).ifPresent(names::add);
    return names;
  }

  private List<Verdict.GateCount> eachGateAlone() {
    return required.gates().stream().flatMap(gate -> counts(List.of(gate)).stream()).toList();
  }

  private List<Verdict.GateCount> together() {
    return counts(required.gates());
  }

  /**
   * Gives each person to one gate so that as many places as possible are filled (augmenting paths):
   * who voted at two gates fills the one where nobody else can.
   */
  private List<Verdict.GateCount> counts(List<RequiredGate> gates) {
    List<RequiredGate> places = new ArrayList<>();
    gates.forEach(g -> places.addAll(Collections.nCopies(g.required(), g)));
    Map<String, Integer> placeOf = new HashMap<>();
    for (int place = 0; place < places.size(); place++) {
      fill(place, places, placeOf, new HashSet<>());
    }
    return gates.stream()
        .map(
            gate ->
                new Verdict.GateCount(
                    gate,
                    (int) placeOf.values().stream().filter(p -> places.get(p).equals(gate)).count(),
                    gate.escalatedTo(asked, now)))
        .toList();
  }

  private boolean fill(
      int place, List<RequiredGate> places, Map<String, Integer> placeOf, Set<String> tried) {
    for (String person : mayFill(places.get(place))) {
      if (tried.add(person)) {
        Integer taken = placeOf.get(person);
        if (taken == null || fill(taken, places, placeOf, tried)) {
          placeOf.put(person, place);
          return true;
        }
      }
    }
    return false;
  }

  private List<String> mayFill(RequiredGate gate) {
    List<String> names = accepted(gate);
    return votes.stream()
        .filter(v -> v.decision() == Decision.APPROVE && names.contains(v.gate()))
        .map(Vote::voter)
        .distinct()
        .toList();
  }
}
