package io.secamo.processes.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.approval.Ballot.Holders;
import io.secamo.processes.approval.Ballot.OutOfReach;
import io.secamo.processes.approval.RequiredGates.BreakGlass;
import io.secamo.processes.approval.Vote.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A plan that nobody can pass says so, and one that somebody can pass does not. */
class OutOfReachTest {
  private static final Instant ASKED = Instant.parse("2027-01-04T09:00:00Z");
  private static final List<String> REQUESTER = List.of("requester");
  private static final RequiredGate NETWORK = new RequiredGate("network", 1);
  private static final RequiredGate OWNER = new RequiredGate("owner", 1);
  private static final RequiredGate SECURITY = new RequiredGate("security", 1);

  @Test
  void aGateThatNobodyHoldsIsOutOfReach() {
    assertThat(lacking(Map.of(), SECURITY)).isEqualTo(missing(List.of(SECURITY)));
    assertThat(lacking(Map.of("security", only("ann")), SECURITY)).isEmpty();
  }

  @Test
  void whoAsksIsNobodyHoweverTheNameIsSpelled() {
    assertThat(lacking(Map.of("security", only("Requester")), SECURITY))
        .isEqualTo(missing(List.of(SECURITY)));
  }

  @Test
  void aGateThatTakesMorePeopleThanHoldItIsOutOfReach() {
    RequiredGate two = new RequiredGate("security", 2);
    assertThat(lacking(Map.of("security", only("ann", "ANN")), two))
        .hasValueSatisfying(few -> assertThat(few.names()).hasSize(1));
    assertThat(lacking(Map.of("security", only("ann", "bob")), two)).isEmpty();
  }

  /** Nobody can list them: what may be in reach is not said to be out of it. */
  @Test
  void aGroupMayHaveAnyNumberOfMembers() {
    Holders group = new Holders(Set.of(), true);
    assertThat(lacking(Map.of("network", group, "security", group), NETWORK, SECURITY)).isEmpty();
    assertThat(lacking(Map.of("network", group, "security", only("ann")), NETWORK, SECURITY))
        .isEmpty();
  }

  @Test
  void gatesThatLackPeopleTogetherAreNamedAndNoOthers() {
    Map<String, Holders> holders =
        Map.of("network", only("ann"), "owner", only("ann", "bob"), "security", only("ann"));
    assertThat(lacking(holders, NETWORK, OWNER, SECURITY))
        .isEqualTo(missing(List.of(NETWORK, SECURITY), "ann"));
  }

  @Test
  void whereOnePersonMayFillSeveralGatesOneIsEnough() {
    Map<String, Holders> holders = Map.of("network", only("ann"), "security", only("ann"));
    RequiredGates gates =
        new RequiredGates(List.of(NETWORK, SECURITY), List.of(), true, Optional.empty());
    assertThat(ballot(gates, ASKED).outOfReach(holders, REQUESTER)).isEmpty();
  }

  /** Who has voted counts, also after the right to vote was taken away. */
  @Test
  void aVoteThatIsThereNeedsNobodyAnyMore() {
    RequiredGates gates = RequiredGates.of(NETWORK, SECURITY);
    Vote yes = new Vote("network", "ann", Decision.APPROVE, "");
    Map<String, Holders> bobLeft = Map.of("security", only("bob"));
    assertThat(ballot(gates, ASKED, yes).outOfReach(bobLeft, REQUESTER)).isEmpty();
    Map<String, Holders> annLeft = Map.of("security", only("ann"));
    assertThat(ballot(gates, ASKED, yes).outOfReach(annLeft, REQUESTER))
        .isEqualTo(missing(List.of(NETWORK, SECURITY), "ann"));
  }

  @Test
  void onceAGateIsEscalatedThePeopleOfTheOtherGateAreEnough() {
    RequiredGate escalated =
        new RequiredGate(
            "security",
            1,
            Optional.empty(),
            Optional.of(new RequiredGate.Escalation(Duration.ofHours(2), "lead")),
            Optional.empty());
    Map<String, Holders> holders = Map.of("lead", only("ann"));
    RequiredGates gates = RequiredGates.of(escalated);
    assertThat(ballot(gates, ASKED).outOfReach(holders, REQUESTER)).isPresent();
    assertThat(ballot(gates, ASKED.plus(Duration.ofHours(2))).outOfReach(holders, REQUESTER))
        .isEmpty();
  }

  /** Whoever overrode a gate is missing at the others, and nobody has to vote at that one. */
  @Test
  void aGateThatWasOverriddenNeedsNobody() {
    RequiredGates gates =
        new RequiredGates(
            List.of(NETWORK, SECURITY),
            List.of(),
            false,
            Optional.of(new BreakGlass(1, Duration.ofHours(8))));
    Vote override = new Vote("network", "oscar", Decision.OVERRIDE, "INC-1 fire");
    Map<String, Holders> ann = Map.of("network", only("ann"), "security", only("ann"));
    assertThat(ballot(gates, ASKED, override).outOfReach(ann, REQUESTER)).isEmpty();
    Map<String, Holders> oscar = Map.of("security", only("oscar"));
    assertThat(ballot(gates, ASKED, override).outOfReach(oscar, REQUESTER))
        .isEqualTo(missing(List.of(SECURITY)));
  }

  private static Holders only(String... names) {
    return new Holders(Set.of(names), false);
  }

  private static Optional<OutOfReach> missing(List<RequiredGate> gates, String... names) {
    return Optional.of(new OutOfReach(gates, List.of(names)));
  }

  private static Optional<OutOfReach> lacking(Map<String, Holders> holders, RequiredGate... gates) {
    return ballot(RequiredGates.of(gates), ASKED).outOfReach(holders, REQUESTER);
  }

  private static Ballot ballot(RequiredGates gates, Instant now, Vote... votes) {
    return new Ballot(gates, List.of(votes), ASKED, now);
  }
}
