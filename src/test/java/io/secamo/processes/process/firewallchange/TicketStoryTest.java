package io.secamo.processes.process.firewallchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.EvidenceEntry;
import io.secamo.processes.api.ProcessStatus.Ticket;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec;
import io.secamo.processes.api.orchestrator.ConnectionSpec.Fault;
import io.secamo.processes.api.orchestrator.ConnectionSpec.FaultKind;
import io.secamo.processes.process.firewallchange.Stage.Change;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The ticket tells the whole story to people who do not look at Kubernetes. */
class TicketStoryTest {
  private final Stage stage = new Stage();

  @Test
  void aNewTicketSaysWhoWantsWhatAndWhy() {
    Change change = stage.submitted("web", new Wanted().build());

    assertThat(ticket())
        .containsEntry("subject", "ACME: open firewall web (team-a/web)")
        .containsEntry("status", "open");
    assertThat(ticket().get("body"))
        .matches(
            """
            Firewall change team-a/web
            Requested by requester
            Target: security group web
            Why: Partner test
            Wanted:
            - Ingress tcp 443 from 203\\.0\\.113\\.0/24
            \\[\\S+]\
            """);
    assertThat(change.status.ticket()).isEqualTo(recorded("Open"));
    assertThat(facts(change, "TicketOpened")).containsExactly("sandbox CHG-1001");
  }

  @Test
  void thePlanIsToldWithItsRisksAndWhereItWaits() {
    Change change = stage.submitted("web", new Wanted().ports("22").build());

    assertThat(comments())
        .startsWith(
            """
            Plan %s for Sandbox team-a/sandbox
            adds 1 rule to security group web: +256 public IPv4 addresses can reach tcp 22; 3 risks\
             found
            Time: for good, as soon as it is approved
            - add Ingress tcp 22 from 203.0.113.0/24 on web
            Risks:
            - FW-001 Critical:\
            """
                .formatted(change.status.plan().digest()))
        .contains("\nIt waits for approval in Kubernetes, namespace team-a.\nEvidence so far: ")
        .contains("/plan-" + change.status.plan().digest() + "]");
  }

  @Test
  void aPlanWithoutARiskSaysThatNoneWasFound() {
    stage.submitted("web", new Wanted().from("10.1.0.0/24").build());

    assertThat(comments()).contains("on web\nNo risk was found.\nIt waits");
  }

  @Test
  void whatIsLiveForAWhileIsToldWithItsApproversAndItsEnd() {
    Change change = stage.submitted("web", new Wanted().expiringAfter("8h"));
    stage.vote(change, "ann", "security", true, "looks fine");

    assertThat(comments())
        .contains(
            """
            Applied and verified.
            - add Ingress tcp 443 from 203.0.113.0/24 on web
            Approved by:
            - ann (security): looks fine
            It is going to be removed at 2027-01-04T17:00:00Z.
            Evidence so far: \
            """)
        .contains("/applied]");
    stage.pass(Duration.ofHours(8));
    assertThat(comments())
        .contains("\nEnded as Expired: ")
        .contains(". Connections that were open may live on until they time out.\nEvidence")
        .containsOnlyOnce("Applied and verified.");
    assertThat(ticket()).containsEntry("status", "resolved");
    assertThat(change.status.ticket()).isEqualTo(recorded("Closed"));
  }

  @Test
  void whatPoliciesApprovedIsNotToldAsVotedFor() {
    stage.policy(3, Stage.rule("every-change", null));
    stage.submitted("web", new Wanted().expiringAfter("8h"));

    assertThat(comments())
        .contains("\nApproved by policy every-change@3.\nIt is going to be removed at ")
        .doesNotContain("Approved by:");
  }

  @Test
  void anEmergencyIsNotToldAsApproved() {
    stage.policy(
        1,
        new ApprovalPolicySpec(
            List.of(Stage.rule("every-change", null, Stage.gate("security", 1))),
            null,
            null,
            new ApprovalPolicySpec.BreakGlass(2, "8h")));
    Change change = stage.submitted("web", new Wanted().expiringAfter("8h"));
    change.annotate(
        "override.processes.secamo.io/security.1",
        "oscar " + change.status.plan().digest() + " INC-4711 it burns");
    stage.work();

    assertThat(comments())
        .contains("\nAn emergency, not approved yet: oscar went ahead for INC-4711.\n")
        .doesNotContain("Approved by");
  }

  /** The time runs from the announcement, and here ten seconds pass until the rule is seen. */
  @Test
  void theEndThatIsToldIsTheOneThatIsKept() {
    Change change = stage.submitted("web", new Wanted().expiringAfter("8h"));
    stage.faults.add(new Fault("add", FaultKind.REPLY_LOST, 1));
    stage.vote(change, "ann", "security", true, "");
    stage.pass(Duration.ofSeconds(10));

    assertThat(change.state()).isEqualTo(State.IN_FORCE);
    assertThat(comments())
        .contains("It is going to be removed at " + change.status.expiresAt() + ".\n");
  }

  @Test
  void aLastingChangeIsToldInOneComment() {
    Change change = stage.submitted("web", new Wanted().build());
    stage.vote(change, "ann", "security", true, "");

    assertThat(comments())
        .contains(
            """
            Approved by:
            - ann (security)
            It stays until somebody asks for its removal.
            Ended as Completed: \
            """)
        .containsOnlyOnce("Applied and verified.")
        .doesNotContain("/applied]", "time out");
  }

  @Test
  void aChangeThatWasNotMadeIsNotCalledApplied() {
    Change change = stage.submitted("web", new Wanted().build());
    stage.vote(change, "ann", "security", false, "no");

    assertThat(comments())
        .contains("\nEnded as Rejected: rejected by ann at gate security: no.\nEvidence")
        .doesNotContain("Applied and verified.", "time out");
    assertThat(ticket()).containsEntry("status", "rejected");
  }

  @Test
  void withoutATicketInTheRequestNoneIsOpenedAndTheChangeIsMadeAllTheSame() {
    Change change = stage.submitted("web", new Wanted().ticket(null));
    stage.vote(change, "ann", "security", true, "");

    assertThat(change.state()).isEqualTo(State.COMPLETED);
    assertThat(stage.tickets()).isEmpty();
    assertThat(change.status.ticket()).isNull();
    assertThat(stage.cloud()).hasSize(1);
  }

  @Test
  void aTicketWithoutACustomerIsAboutTheFirewallAlone() {
    stage.submitted("web", new Wanted().ticket(desk(null)));

    assertThat(ticket()).containsEntry("subject", "open firewall web (team-a/web)");
  }

  @Test
  void aSubjectIsCutWhereATicketSystemHoldsNoMore() {
    String rest = ": open firewall web (team-a/web)";
    String fits = "x".repeat(190 - rest.length());
    stage.submitted("web", new Wanted().ticket(desk(fits)));
    assertThat(ticket()).containsEntry("subject", fits + rest);

    Stage other = new Stage();
    other.submitted("web", new Wanted().ticket(desk(fits + "y")));
    assertThat(other.tickets().get(0))
        .containsEntry("subject", fits + "y: open firewall web (team-a/we…");
  }

  private Map<String, String> ticket() {
    assertThat(stage.tickets()).hasSize(1);
    return stage.tickets().get(0);
  }

  private String comments() {
    return ticket().get("comments");
  }

  private static FirewallChangeSpec.Ticket desk(String customer) {
    return new FirewallChangeSpec.Ticket("sandbox", null, customer, null);
  }

  private Ticket recorded(String phase) {
    Ticket url = stage.changes.get(0).status.ticket();
    return new Ticket(
        "sandbox",
        "CHG-1001",
        url.url(),
        phase,
        "sandbox (conn-uid) at https://cloud.example.com",
        "name of the sandbox's ConfigMap");
  }

  private static List<String> facts(Change change, String what) {
    return change.status.evidence().stream()
        .filter(e -> e.what().equals(what))
        .map(EvidenceEntry::facts)
        .flatMap(List::stream)
        .toList();
  }
}
