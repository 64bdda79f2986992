package io.secamo.processes.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.State;
import io.secamo.processes.controlplane.ControlPlane;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.Patience;
import io.secamo.processes.systems.RealSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole story on a real API server, a real Request Tracker and a real OpenStack. */
@NeedsRealSystem({RealSystem.CONTROL_PLANE, RealSystem.REQUEST_TRACKER, RealSystem.OPEN_STACK})
class RealStoryTest {
  private static Cast cast;
  private static Outside outside;

  @BeforeAll
  static void setTheStage() throws Exception {
    outside = new Outside();
    cast = new Cast();
    cast.adminApplies(Files.readString(Path.of("examples/real/access.yaml")));
    cast.adminApplies(Files.readString(Path.of("examples/real/approval-policy.yaml")));
    cast.adminApplies(outside.connections());
  }

  @AfterEach
  void noOperatorIsLeft() throws Exception {
    cast.operatorsStop();
  }

  @AfterAll
  static void clearTheStage() throws Exception {
    cast.close();
  }

  @Test
  void aTemporaryChangeLeavesNothingButAResolvedTicket() {
    cast.operatorStarts();
    cast.requesterSubmits(
        Cast.request("real", "temporary", "expiresAfter: 8h", "expiresAfter: 20s"));
    cast.sees("temporary", State.AWAITING_APPROVAL);
    assertThat(outside.rulesOf("temporary")).isEmpty();
    assertThat(outside.ticketsAbout("temporary")).containsExactly("new");

    cast.approverApproves("temporary");
    cast.sees("temporary", State.IN_FORCE);
    assertThat(outside.rulesOf("temporary")).hasSize(1);

    cast.sees("temporary", State.EXPIRED);
    assertThat(outside.rulesOf("temporary")).isEmpty();
    assertThat(outside.ticketsAbout("temporary")).containsExactly("resolved");
    report("temporary change", "temporary", 7);
  }

  @Test
  void secretsAreSeenNowhere() {
    cast.operatorStarts();
    cast.requesterSubmits(Cast.request("real", "discreet", "\"443\"", "\"9443\""));
    cast.sees("discreet", State.AWAITING_APPROVAL);
    cast.approverApproves("discreet");
    cast.sees("discreet", State.IN_FORCE);
    String everything =
        cast.as(
                    "admin",
                    "get",
                    "fcr,connections,evidencerecords,configmaps,events,apol",
                    "-o",
                    "yaml")
                .out()
            + String.join("\n", ControlPlane.running().audit())
            + outside.toldAbout("discreet");

    assertThat(everything).contains("discreet", "Approved by:", "Evidence so far:");
    for (String secret : outside.secrets()) {
      assertThat(secret).hasSizeGreaterThan(5);
      assertThat(everything).doesNotContain(secret);
    }
    cast.as("requester", "delete", "fcr", "discreet", "--wait=false");
    cast.seesGone("discreet");
  }

  @Test
  void aLastingChangeStaysUntilItsRequestIsDeletedWithRevert() {
    cast.operatorStarts();
    cast.requesterSubmits(
        Cast.request(
            "real", "lasting", "  expiresAfter: 8h", "  onDelete: Revert", "\"443\"", "\"8443\""));
    cast.sees("lasting", State.AWAITING_APPROVAL);
    cast.approverApproves("lasting");
    cast.sees("lasting", State.COMPLETED);
    assertThat(outside.rulesOf("lasting")).hasSize(1);
    assertThat(outside.ticketsAbout("lasting")).containsExactly("resolved");
    report("lasting change", "lasting", 4);

    assertThat(cast.as("requester", "delete", "fcr", "lasting", "--wait=false").exit()).isZero();
    cast.seesGone("lasting");
    assertThat(outside.rulesOf("lasting")).isEmpty();
  }

  @Test
  void twoOperatorsAtOnceOpenOneTicketAndOneRuleEach() {
    cast.operatorStarts();
    cast.operatorStarts();
    List<String> names = IntStream.range(0, 5).mapToObj(i -> "twice-" + i).toList();
    for (int i = 0; i < names.size(); i++) {
      cast.requesterSubmits(
          Cast.request("real", names.get(i), "\"443\"", "\"" + (9000 + i) + "\""));
    }
    names.forEach(name -> cast.sees(name, State.AWAITING_APPROVAL));
    names.forEach(cast::approverApproves);
    names.forEach(name -> cast.sees(name, State.IN_FORCE));
    for (String name : names) {
      assertThat(outside.ticketsAbout(name)).as("tickets of " + name).hasSize(1);
      assertThat(outside.rulesOf(name)).as("rules of " + name).hasSize(1);
    }
    names.forEach(name -> cast.as("requester", "delete", "fcr", name, "--wait=false"));
    names.forEach(cast::seesGone);
    names.forEach(name -> assertThat(outside.rulesOf(name)).isEmpty());
    System.out.printf(
        "FIGURE two operators at once: %d changes, %d tickets, %d rules%n",
        names.size(), names.size(), names.size());
  }

  @Test
  void anOperatorThatWasDownAtTheExpiryRemovesFirstThing() throws Exception {
    cast.operatorStarts();
    cast.requesterSubmits(
        Cast.request(
            "real", "overdue", "expiresAfter: 8h", "expiresAfter: 15s", "\"443\"", "\"9443\""));
    cast.sees("overdue", State.AWAITING_APPROVAL);
    cast.approverApproves("overdue");
    cast.sees("overdue", State.IN_FORCE);
    cast.operatorsStop();
    org.awaitility.Awaitility.await()
        .atMost(Patience.LIMIT)
        .until(() -> java.time.Instant.now().isAfter(cast.get("overdue").getStatus().expiresAt()));
    assertThat(outside.rulesOf("overdue")).hasSize(1);
    cast.operatorStarts();
    cast.sees("overdue", State.EXPIRED);
    assertThat(outside.rulesOf("overdue")).isEmpty();
  }

  @Test
  void wrongCredentialsAreSaidAndMendedWithoutLosingAnything() {
    cast.operatorStarts();
    cast.adminApplies(
        outside.connections().replaceAll("password: \"[^\"]*\"", "password: \"wrong\""));
    cast.requesterSubmits(Cast.request("real", "locked-out", "\"443\"", "\"9444\""));
    cast.sees("locked-out", State.NEEDS_ATTENTION);
    String message = cast.get("locked-out").getStatus().message();
    assertThat(message).containsIgnoringCase("credentials").doesNotContain("wrong\"");
    cast.adminApplies(outside.connections());
    assertThat(
            cast.as(
                    "requester",
                    "annotate",
                    "fcr",
                    "locked-out",
                    "processes.secamo.io/requested-at=1")
                .exit())
        .isZero();
    cast.sees("locked-out", State.AWAITING_APPROVAL);
    assertThat(outside.ticketsAbout("locked-out")).hasSize(1);
    assertThat(
            cast.as(
                    "requester",
                    "patch",
                    "fcr",
                    "locked-out",
                    "--type=merge",
                    "-p",
                    "{\"spec\":{\"withdrawn\":true}}")
                .exit())
        .isZero();
    cast.sees("locked-out", State.WITHDRAWN);
    assertThat(outside.ticketsAbout("locked-out")).containsExactly("rejected");
  }

  @Test
  void anUnknownSecurityGroupIsSaidInTheCloudsOwnWords() {
    cast.operatorStarts();
    cast.requesterSubmits(
        Cast.request("real", "no-group", "securityGroup: web", "securityGroup: wbe"));
    cast.seesMessage("no-group", "there is no security group 'wbe' in project demo; it has: ");
    cast.as("requester", "delete", "fcr", "no-group", "--wait=false");
    cast.seesGone("no-group");
    assertThat(outside.ticketsAbout("no-group")).isEmpty();
  }

  private static void report(String story, String name, int most) {
    List<String> writes = cast.writesAbout(name);
    System.out.printf(
        "FIGURE writes of the operator for a %s: %d (at most %d): %s%n",
        story, writes.size(), most, writes);
    assertThat(writes).hasSizeLessThanOrEqualTo(most);
  }
}
