package io.secamo.processes.process.firewallchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.secamo.processes.api.KindName;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.api.plan.Change;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.api.plan.Risk;
import io.secamo.processes.approval.PlanFacts;
import io.secamo.processes.connector.ConnectionFacts;
import io.secamo.processes.engine.journal.Journal;
import io.secamo.processes.engine.procedure.Request;
import io.secamo.processes.engine.procedure.Request.Wish;
import io.secamo.processes.engine.procedure.StepContext;
import io.secamo.processes.process.firewallchange.requested.Facts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What rules are told of a stored plan, also where something is missing in it. */
class FactsTest {
  @Test
  void aFindingIsTakenApartAsFarAsItGoes() {
    assertThat(
            facts(List.of("FW-001 Critical: tcp 22: wide", "FW-002 High", "FW-003"), null)
                .plan()
                .get("findings"))
        .isEqualTo(
            List.of(
                Map.of("id", "FW-001", "severity", "Critical", "text", "tcp 22: wide"),
                Map.of("id", "FW-002", "severity", "High", "text", ""),
                Map.of("id", "FW-003", "severity", "", "text", "")));
  }

  /** What an earlier version wrote is all that rules can be told of it. */
  @Test
  void dataIsToldAsItIsAndWhatIsMissingIsNotCalledEmpty() {
    List<String> lines = List.of("FW-002 High: as data");
    Change there =
        new Change(
            "firewall.open",
            Change.Does.RELY_ON,
            "Ingress tcp 443 from 203.0.113.0/24",
            "web",
            null);
    Risk risk = new Risk("FW-002", "High", "as data");

    assertThat(facts(lines, null).plan()).doesNotContainKey("changes");
    Plan downgraded =
        plan(List.of("FW-001 Critical: new"), null, List.of(there, there), List.of(risk));
    assertThat(told(downgraded, Journal.of(null)).plan())
        .as("an earlier version made it, and left the data of another one")
        .doesNotContainKey("changes")
        .containsEntry(
            "findings", List.of(Map.of("id", "FW-001", "severity", "Critical", "text", "new")));
    assertThat(told(plan(lines, null, List.of(there), List.of(risk)), Journal.of(null)).plan())
        .containsEntry(
            "changes",
            List.of(
                Map.of(
                    "verb", "firewall.open",
                    "does", "RelyOn",
                    "subject", "Ingress tcp 443 from 203.0.113.0/24",
                    "target", "web")))
        .containsEntry(
            "findings", List.of(Map.of("id", "FW-002", "severity", "High", "text", "as data")));
  }

  @Test
  void aPlanThatSaysNothingOfRisksAndGainsHasNone() {
    PlanFacts facts = facts(null, null);
    assertThat(facts.plan())
        .containsEntry("findings", List.of())
        .containsEntry("gained", List.of());
  }

  @Test
  void aRequesterWhomNobodyRecordedIsNotBelieved() {
    assertThat(facts(null, null).request()).containsEntry("source", "OnBehalf");
  }

  /** Nobody saw the person behind a machine, also if it names itself. */
  @Test
  void aMachineIsNoRequesterWhomTheApiServerSaw() {
    assertThat(source("joe", "Admission")).isEqualTo("Admission");
    assertThat(source("system:serviceaccount:flux:kustomize", "Admission")).isEqualTo("OnBehalf");
    assertThat(source("joe", "OnBehalf")).isEqualTo("OnBehalf");
  }

  private static Object source(String name, String source) {
    String status = "requestedBy: {name: '%s', source: %s}".formatted(name, source);
    Journal journal = Journal.of(Serialization.unmarshal(status, ProcessStatus.class));
    return facts(null, null, journal).request().get("source");
  }

  @Test
  void portsThatMeanNothingAreToldAsAllOfThem() {
    assertThat(facts(null, List.of("Egress icmpv6 to ::/0")).plan().get("gained"))
        .isEqualTo(
            List.of(
                Map.of(
                    "direction",
                    "Egress",
                    "protocol",
                    "icmpv6",
                    "fromPort",
                    0L,
                    "toPort",
                    65535L,
                    "peer",
                    "::/0",
                    "from",
                    Instant.EPOCH,
                    "until",
                    Instant.parse("9999-12-31T23:59:59Z"))));
  }

  private static PlanFacts facts(List<String> findings, List<String> gained) {
    return facts(findings, gained, Journal.of(null));
  }

  private static PlanFacts facts(List<String> findings, List<String> gained, Journal journal) {
    return told(plan(findings, gained, null, null), journal);
  }

  private static Plan plan(
      List<String> findings, List<String> gained, List<Change> changes, List<Risk> risks) {
    return new Plan(
        "digest",
        "sha",
        "summary",
        List.of("rely on Ingress tcp 443 from 203.0.113.0/24 on web"),
        changes,
        gained,
        null,
        findings,
        risks,
        "account",
        "connection",
        "policy",
        "admission",
        null,
        null,
        null,
        Instant.EPOCH);
  }

  private static PlanFacts told(Plan plan, Journal journal) {
    Request<FirewallChangeSpec> request =
        new Request<>(
            new KindName("FirewallChangeRequest"),
            "uid",
            "team-a",
            "web",
            1,
            Instant.EPOCH,
            Wish.PROCEED,
            "joe",
            Map.of(),
            new Wanted().build());
    return Facts.of(
        new StepContext<>(request, journal, Instant.EPOCH, null, null),
        plan,
        new ConnectionFacts("sandbox", "uid", "Sandbox", "", Map.of(), "", "{}"));
  }
}
