package io.secamo.processes.process.firewallchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec;
import io.secamo.processes.api.orchestrator.ConnectionSpec.Fault;
import io.secamo.processes.api.orchestrator.ConnectionSpec.FaultKind;
import io.secamo.processes.api.plan.Change.Does;
import io.secamo.processes.engine.procedure.Request.Wish;
import io.secamo.processes.process.firewallchange.Stage.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is open for a while is no reason to open it for longer without votes. */
class OpenLongerTest {
  private static final String NARROW = "203.0.113.0/24";
  private final Stage stage = new Stage();
  private final Wanted wide = new Wanted().ports("8443").from("203.0.112.0/22");
  private final Wanted narrow = new Wanted().ports("8443").from(NARROW);

  @BeforeEach
  void whatGainsNothingNeedsNoVote() {
    stage.policy(
        1,
        Stage.rule("nothing-new", "size(plan.gained) == 0"),
        Stage.rule("something-new", "size(plan.gained) > 0", Stage.gate("security", 1)));
  }

  @Test
  void anAccessForAYearIsNotApprovedByOneForAMinute() {
    Change minute = live("broad", wide.expiringAfter("1m"));
    for (Change year :
        List.of(
            stage.submitted("year", narrow.expiringAfter("365d")),
            stage.submitted("until", narrow.expiringAt(stage.now.plus(Duration.ofDays(365)))),
            stage.submitted("for-good", narrow.build()))) {
      assertThat(year.state()).as(year.request.name()).isEqualTo(State.AWAITING_APPROVAL);
      assertThat(year.status.plan().gained()).containsExactly("Ingress tcp 8443 from " + NARROW);
      assertThat(year.status.plan().summary())
          .as("nothing is more than before")
          .startsWith(
              "adds 1 rule to security group web: 256 public IPv4 addresses can reach tcp 8443"
                  + "; all of it was open already, until "
                  + minute.status.expiresAt()
                  + " by team-a/broad");
    }
  }

  @Test
  void whatIsClosedBeforeTheChangeBeginsIsNotToldAsOpen() {
    live("broad", wide.expiringAfter("1h"));
    Change later = stage.submitted("later", narrow.notBefore(stage.now.plus(Duration.ofHours(1))));
    assertThat(later.status.plan().gained()).hasSize(1);
    assertThat(later.status.plan().stillOpen()).isNull();
    assertThat(later.status.plan().summary()).doesNotContain("open already");
  }

  @Test
  void whatIsOpenInPartIsToldInPart() {
    live("narrow", narrow.expiringAfter("1h"));
    Change all = stage.submitted("all", wide.build());
    assertThat(all.status.plan().summary())
        .startsWith("adds 1 rule to security group web: +1024 public IPv4 addresses can reach")
        .contains("; of that was open already, until ")
        .contains(" by team-a/narrow: +256 public IPv4 addresses can reach tcp 8443");
  }

  /** A policy may have let it through because it opens so little alone. */
  @Test
  void whatIsOpenedAloneForLongerThanThePolicyWasToldIsJudgedAgain() {
    Instant end = stage.now.plus(Duration.ofHours(3));
    String alone = "plan.gained.all(g, g.until - g.from <= duration('1h'))";
    stage.policy(
        1, Stage.rule("little", alone), Stage.rule("much", "!" + alone, Stage.gate("security", 1)));
    Change cover = live("cover", wide.expiringAt(end.minusSeconds(3600)));
    Instant soon = stage.now.plusSeconds(600);
    Change rests =
        stage.submitted(
            "rests",
            new Wanted("8443", NARROW, soon, end, null, wide.adoption(), wide.onDelete()).build());
    assertThat(rests.state()).isEqualTo(State.SCHEDULED);
    cover.wish(Wish.WITHDRAW);
    stage.pass(Duration.ofMinutes(10));
    assertThat(rests.state()).isEqualTo(State.AWAITING_APPROVAL);
    assertThat(stage.cloud()).isEmpty();
  }

  /** Its rule is about to go, and only the cloud is in the way. */
  @Test
  void whatWasTakenBackAndIsStillThereIsNoCover() {
    Change broad = live("broad", wide.build());
    stage.faults.add(new Fault("remove", FaultKind.UNAVAILABLE, 1000));
    Change other = live("other", wide.ports("9443").expiringAfter("1h"));
    other.wish(Wish.WITHDRAW);
    stage.work();
    assertThat(stage.cloud()).as("could not be removed").hasSize(2);
    Change rests = stage.submitted("rests", narrow.ports("9443").build());
    assertThat(rests.state()).isEqualTo(State.AWAITING_APPROVAL);
    assertThat(rests.status.plan().gained()).hasSize(1);
    assertThat(broad.state()).isEqualTo(State.COMPLETED);
  }

  @Test
  void aRiskThatIsOpenForAMinuteIsARiskOfWhatStays() {
    live("broad", new Wanted().ports("22").from("0.0.0.0/0").expiringAfter("1m"));
    Change forGood = stage.submitted("ssh", new Wanted().ports("22").from(NARROW).build());
    assertThat(forGood.status.plan().findings()).anyMatch(line -> line.startsWith("FW-001"));
  }

  @Test
  void votesStayGoodWhenWhatWasOpenForAWhileIsClosed() {
    live("broad", wide.expiringAfter("1m"));
    Change year = stage.submitted("year", narrow.expiringAfter("365d"));
    String digest = year.status.plan().digest();
    stage.pass(Duration.ofMinutes(2));
    assertThat(stage.cloud()).as("the first one has gone").isEmpty();
    stage.vote(year, "ann", "security", true, "");
    assertThat(year.status.plan().digest()).isEqualTo(digest);
    assertThat(year.state()).isEqualTo(State.IN_FORCE);
  }

  /** The votes were for all that is gained; that others keep open less of it is no other plan. */
  @Test
  void anApprovedChangeIsMadeAlsoWhenWhatItRestedOnWasWithdrawnMeanwhile() {
    Change first = live("first", narrow.expiringAfter("10m"));
    Change second = stage.submitted("second", narrow.expiringAfter("30s"));
    String digest = second.status.plan().digest();
    Instant asked = second.status.plan().computedAt();
    assertThat(second.status.plan().stillOpen()).hasSize(1);
    first.wish(Wish.WITHDRAW);
    stage.pass(Duration.ofSeconds(5));
    assertThat(stage.cloud()).as("the first one has gone").isEmpty();
    stage.vote(second, "ann", "security", true, "");

    assertThat(second.state()).isEqualTo(State.IN_FORCE);
    assertThat(second.status.plan().digest()).isEqualTo(digest);
    assertThat(second.status.plan().computedAt()).as("when people were asked").isEqualTo(asked);
    assertThat(second.status.plan().stillOpen()).isNull();
    assertThat(second.status.plan().summary()).doesNotContain("open already");
  }

  /** No more votes than needed: what stays at least as long opens it anyway. */
  @Test
  void whatEndsNoLaterThanWhatIsOpenGainsNothing() {
    Instant end = stage.now.plus(Duration.ofHours(2));
    live("broad", wide.expiringAt(end));
    Change shorter = stage.submitted("shorter", narrow.expiringAt(end.minusSeconds(60)));
    Change asLong = stage.submitted("as-long", narrow.expiringAt(end));
    assertThat(shorter.state()).isEqualTo(State.IN_FORCE);
    assertThat(asLong.state()).isEqualTo(State.IN_FORCE);
    assertThat(shorter.status.plan().gained()).isEmpty();
  }

  @Test
  void oneRuleForTwoIsThereUntilTheLastOneEnds() {
    Instant soon = stage.now.plus(Duration.ofHours(1));
    Change first = live("first", narrow.expiringAt(soon));
    Change longer = stage.submitted("longer", narrow.expiringAt(soon.plusSeconds(3600)));
    assertThat(longer.status.plan().effects())
        .containsExactly("add Ingress tcp 8443 from " + NARROW + " on web");
    stage.vote(longer, "ann", "security", true, "");
    Change shorter = stage.submitted("shorter", narrow.expiringAt(soon.plusSeconds(60)));
    assertThat(shorter.status.plan().effects())
        .containsExactly("share Ingress tcp 8443 from " + NARROW + " on web");
    assertThat(shorter.status.plan().changes())
        .singleElement()
        .returns(Does.SHARE, it -> it.does());
    assertThat(stage.cloud()).hasSize(1);
    stage.pass(Duration.ofSeconds(3700));
    assertThat(first.status.message()).contains("stays for team-a/longer until");
    assertThat(shorter.state()).isEqualTo(State.EXPIRED);
    assertThat(stage.cloud()).hasSize(1);
    stage.pass(Duration.ofHours(1));
    assertThat(stage.cloud()).isEmpty();
  }

  /** Nobody else has to vote for what stays for good anyway. */
  @Test
  void whatStaysForGoodCovers() {
    live("broad", wide.build());
    assertThat(stage.submitted("covered", narrow.build()).state()).isEqualTo(State.COMPLETED);
    assertThat(stage.submitted("a-while", narrow.expiringAfter("1h")).state())
        .isEqualTo(State.IN_FORCE);
  }

  /** Its reviewers may have it taken back, and what rests on it would stay without a vote. */
  @Test
  void anEmergencyThatNobodyHasReviewedIsNoCover() {
    stage.policy(
        1,
        new ApprovalPolicySpec(
            List.of(
                Stage.rule("nothing-new", "size(plan.gained) == 0"),
                Stage.rule("something-new", "size(plan.gained) > 0", Stage.gate("security", 1))),
            null,
            null,
            new ApprovalPolicySpec.BreakGlass(1, "8h")));
    Change emergency = stage.submitted("burns", wide.build());
    emergency.annotate(
        Annotations.OVERRIDE_PREFIX + "security.oscar",
        "oscar " + emergency.status.plan().digest() + " INC-4711 it burns");
    stage.work();
    assertThat(stage.cloud()).hasSize(1);
    FirewallChangeSpec soon = narrow.expiringAt(stage.now.plus(Duration.ofHours(1)));
    Change rests = stage.submitted("rests", soon);
    assertThat(rests.state()).isEqualTo(State.AWAITING_APPROVAL);

    stage.vote(emergency, "ann", "security", true, "");
    assertThat(emergency.state()).isEqualTo(State.COMPLETED);
    assertThat(stage.submitted("covered", soon).state()).isEqualTo(State.IN_FORCE);
  }

  private Change live(String name, FirewallChangeSpec spec) {
    Change change = stage.submitted(name, spec);
    stage.vote(change, "ann", "security", true, "");
    ProcessStatus status = change.status;
    assertThat(status.state()).isIn(State.IN_FORCE, State.COMPLETED);
    return change;
  }
}
