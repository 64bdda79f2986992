package io.secamo.processes.approval;

import io.secamo.processes.approval.Vote.Decision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Counts votes: n different people within a gate, all gates, one gate a person, never the
 * requester, and a single rejection ends it.
 */
public final class Ballot {
  private final List<RequiredGate> gates;
  private final List<Vote> votes;

  private Ballot(List<RequiredGate> gates, List<Vote> votes) {
    this.gates = gates;
    this.votes = votes;
  }

  /**
   * Judges votes. Whoever voted was allowed to by admission; this counts.
   *
   * @param gates what must be passed
   * @param votes votes for the current plan
   * @param requester never counts, whatever admission let in
   */
  public static Verdict judge(List<RequiredGate> gates, List<Vote> votes, String requester) {
    Set<String> names = new HashSet<>(gates.stream().map(RequiredGate::name).toList());
    List<Vote> counting =
        votes.stream()
            .filter(v -> names.contains(v.gate()) && !v.voter().equals(requester))
            .toList();
    return new Ballot(gates, counting).verdict();
  }

  private Verdict verdict() {
    List<Verdict.GateCount> counts = count();
    Optional<Vote> no = votes.stream().filter(v -> v.decision() == Decision.REJECT).findFirst();
    if (no.isPresent()) {
      return new Verdict.Rejected(counts, no.get());
    }
    boolean all = !counts.isEmpty() && counts.stream().allMatch(Verdict.GateCount::passed);
    return all ? new Verdict.Passed(counts) : new Verdict.Open(counts);
  }

  /**
   * Gives each person to one gate so that as many places as possible are filled (augmenting paths):
   * who voted at two gates fills the one where nobody else can.
   */
  private List<Verdict.GateCount> count() {
    List<String> places = new ArrayList<>();
    gates.forEach(g -> places.addAll(Collections.nCopies(g.required(), g.name())));
    Map<String, Set<String>> mayFill = new HashMap<>();
    votes.stream()
        .filter(v -> v.decision() == Decision.APPROVE)
        .forEach(v -> mayFill.computeIfAbsent(v.gate(), g -> new HashSet<>()).add(v.voter()));
    Map<String, Integer> placeOf = new HashMap<>();
    for (int place = 0; place < places.size(); place++) {
      fill(place, places, mayFill, placeOf, new HashSet<>());
    }
    return gates.stream()
        .map(
            gate ->
                new Verdict.GateCount(
                    gate,
                    (int)
                        placeOf.values().stream()
                            .filter(p -> places.get(p).equals(gate.name()))
                            .count()))
        .toList();
  }

  private static boolean fill(
      int place,
      List<String> places,
      Map<String, Set<String>> mayFill,
      Map<String, Integer> placeOf,
      Set<String> tried) {
    for (String person : mayFill.getOrDefault(places.get(place), Set.of())) {
      if (tried.add(person)) {
        Integer taken = placeOf.get(person);
        if (taken == null || fill(taken, places, mayFill, placeOf, tried)) {
          placeOf.put(person, place);
          return true;
        }
      }
    }
    return false;
  }
}
