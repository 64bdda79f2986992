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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Counts votes: n different people within a gate, all gates, one gate a person unless the policies
 * say otherwise, never the requester, and a single rejection at any gate ends it. In an emergency
 * an override stands for the votes of its own gate; the other gates need theirs. Whoever voted was
 * allowed to by admission; this counts.
 */
public final class Ballot {
  private final RequiredGates required;
  private final List<Vote> votes;
  private final Instant asked;
  private final Instant now;

  /**
   * Who may vote at a gate.
   *
   * @param names user names that are known
   * @param others whether there may be more, as members of a group, whom nobody can list
   */
  public record Holders(Set<String> names, boolean others) {}

  /**
   * Gates that stay open whoever votes, because they have too few people together.
   *
   * @param names of all who may vote there or have voted
   */
  public record OutOfReach(List<RequiredGate> gates, List<String> names) {}

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
   *
   * @param requesters the user names of whoever asked: requester and submitter
   */
  public static List<Vote> counting(
      List<Vote> votes, List<Delegation> delegations, List<String> requesters, Instant now) {
    Set<Person> asking = requesters.stream().map(Person::of).collect(Collectors.toSet());
    List<Vote> counting = new ArrayList<>();
    Set<Person> used = new HashSet<>();
    for (Vote vote : votes) {
      if (!vote.deputy() && !asking.contains(vote.person())) {
        counting.add(vote);
        if (vote.decision() != Decision.REJECT) {
          used.add(vote.person());
        }
      }
    }
    for (Vote vote : votes) {
      if (vote.deputy() && !asking.contains(vote.person())) {
        boolean no = vote.decision() == Decision.REJECT;
        delegations.stream()
            .filter(d -> d.covers(vote, now) && !asking.contains(Person.of(d.by())))
            .map(Delegation::by)
            // Who said yes, or stands for somebody who did, may still say no.
            .filter(by -> no || !(used.contains(Person.of(by)) || used.contains(vote.person())))
            .sorted()
            .findFirst()
            .ifPresent(
                by -> {
                  counting.add(vote.inPlaceOf(by));
                  if (!no) {
                    used.add(Person.of(by));
                    used.add(vote.person());
                  }
                });
      }
    }
    return counting;
  }

  /** What the votes come to. */
  public Verdict judge() {
    List<Verdict.GateCount> counts = withOverrides(counts(required.gates(), votes));
    Set<String> names = new HashSet<>();
    required
        .gates()
        .forEach(
            gate -> {
              names.add(gate.name());
              // Whoever is asked later may say no at once.
              gate.escalation().ifPresent(later -> names.add(later.to()));
            });
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

  /**
   * Whether there are gates that could not be passed if everybody voted who may; as few as lack
   * people together.
   *
   * @param holders who may vote at the gates by name, those included to which one is escalated
   * @param asking user names of whoever asked, who do not count
   */
  public Optional<OutOfReach> outOfReach(Map<String, Holders> holders, List<String> asking) {
    Set<Person> barred = asking.stream().map(Person::of).collect(Collectors.toSet());
    List<RequiredGate> few = new ArrayList<>();
    for (Verdict.GateCount count : judge().counts()) {
      if (count.overridden().isEmpty()) {
        few.add(count.gate());
      } else if (!required.onePersonManyGates()) {
        barred.add(count.overridden().get().person());
      }
    }
    few.removeIf(gate -> accepted(gate).stream().anyMatch(name -> who(holders, name).others()));
    List<Vote> everybody = new ArrayList<>(votes);
    holders.forEach(
        (gate, who) ->
            who.names().forEach(n -> everybody.add(new Vote(gate, n, Decision.APPROVE, ""))));
    everybody.removeIf(vote -> barred.contains(vote.person()));
    if (filled(few, everybody)) {
      return Optional.empty();
    }
    for (RequiredGate gate : List.copyOf(few)) {
      List<RequiredGate> others = few.stream().filter(g -> !g.equals(gate)).toList();
      if (!filled(others, everybody)) {
        few.remove(gate);
      }
    }
    return Optional.of(new OutOfReach(few, names(few, everybody)));
  }

  private static Holders who(Map<String, Holders> holders, String gate) {
    return holders.getOrDefault(gate, new Holders(Set.of(), false));
  }

  private boolean filled(List<RequiredGate> gates, List<Vote> counted) {
    return counts(gates, counted).stream().allMatch(Verdict.GateCount::filled);
  }

  /** Each person once, however often their name is spelled. */
  private List<String> names(List<RequiredGate> gates, List<Vote> counted) {
    Map<Person, String> names = new HashMap<>();
    counted.stream()
        .filter(v -> v.decision() == Decision.APPROVE)
        .filter(v -> gates.stream().anyMatch(gate -> accepted(gate).contains(v.gate())))
        .forEach(v -> names.putIfAbsent(v.person(), v.voter()));
    return names.values().stream().sorted().toList();
  }

  /** The gates whose people's votes count at a gate by now. */
  private List<String> accepted(RequiredGate gate) {
    List<String> names = new ArrayList<>(List.of(gate.name()));
    gate.escalatedTo(asked, now).ifPresent(names::add);
    return names;
  }

  /**
   * Opens the gates that lack votes and were overridden. Who overrides one gate fills no other,
   * unless one person may fill several.
   */
  private List<Verdict.GateCount> withOverrides(List<Verdict.GateCount> counts) {
    Map<RequiredGate, Vote> overrides = new HashMap<>();
    List<Verdict.GateCount> others = counts;
    // Who overrode one gate may be missing at another one, which was overridden as well.
    while (required.breakGlass().isPresent() && overrideWhatIsOpen(others, overrides)) {
      others = besides(overrides);
    }
    Map<RequiredGate, Verdict.GateCount> anew = new HashMap<>();
    others.forEach(count -> anew.put(count.gate(), count));
    return counts.stream()
        .map(c -> anew.getOrDefault(c.gate(), overridden(c, overrides.get(c.gate()))))
        .toList();
  }

  private boolean overrideWhatIsOpen(
      List<Verdict.GateCount> counts, Map<RequiredGate, Vote> overrides) {
    int before = overrides.size();
    counts.stream()
        .filter(count -> !count.filled())
        .forEach(c -> override(c.gate()).ifPresent(vote -> overrides.put(c.gate(), vote)));
    return overrides.size() > before;
  }

  private List<Verdict.GateCount> besides(Map<RequiredGate, Vote> overrides) {
    Set<Person> used = new HashSet<>();
    if (!required.onePersonManyGates()) {
      overrides.values().forEach(vote -> used.add(vote.person()));
    }
    return counts(
        required.gates().stream().filter(gate -> !overrides.containsKey(gate)).toList(),
        votes.stream().filter(v -> !used.contains(v.person())).toList());
  }

  private Optional<Vote> override(RequiredGate gate) {
    return votes.stream()
        .filter(v -> v.decision() == Decision.OVERRIDE && v.gate().equals(gate.name()))
        .filter(v -> v.incident().isPresent())
        .findFirst();
  }

  private static Verdict.GateCount overridden(Verdict.GateCount count, @Nullable Vote by) {
    return new Verdict.GateCount(
        count.gate(), count.approvals(), count.escalatedTo(), Optional.ofNullable(by));
  }

  private List<Verdict.GateCount> counts(List<RequiredGate> gates, List<Vote> counted) {
    return required.onePersonManyGates()
        ? gates.stream().flatMap(gate -> together(List.of(gate), counted).stream()).toList()
        : together(gates, counted);
  }

  /**
   * Gives each person to one gate so that as many places as possible are filled (augmenting paths):
   * who voted at two gates fills the one where nobody else can.
   */
  private List<Verdict.GateCount> together(List<RequiredGate> gates, List<Vote> counted) {
    List<RequiredGate> places = new ArrayList<>();
    gates.forEach(g -> places.addAll(Collections.nCopies(g.required(), g)));
    Map<Person, Integer> placeOf = new HashMap<>();
    for (int place = 0; place < places.size(); place++) {
      fill(place, places, counted, placeOf, new HashSet<>());
    }
    return gates.stream()
        .map(
            gate ->
                new Verdict.GateCount(
                    gate,
                    (int) placeOf.values().stream().filter(p -> places.get(p).equals(gate)).count(),
                    gate.escalatedTo(asked, now),
                    Optional.empty()))
        .toList();
  }

  private boolean fill(
      int place,
      List<RequiredGate> places,
      List<Vote> counted,
      Map<Person, Integer> placeOf,
      Set<Person> tried) {
    for (Person person : mayFill(places.get(place), counted)) {
      if (tried.add(person)) {
        Integer taken = placeOf.get(person);
        if (taken == null || fill(taken, places, counted, placeOf, tried)) {
          placeOf.put(person, place);
          return true;
        }
      }
    }
    return false;
  }

  private List<Person> mayFill(RequiredGate gate, List<Vote> counted) {
    List<String> names = accepted(gate);
    return counted.stream()
        .filter(v -> v.decision() == Decision.APPROVE && names.contains(v.gate()))
        .map(Vote::person)
        .distinct()
        .toList();
  }
}
