package io.secamo.processes.connector.metered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secamo.processes.api.orchestrator.ConnectionSpec;
import io.secamo.processes.api.orchestrator.ConnectionSpec.Fault;
import io.secamo.processes.api.orchestrator.ConnectionSpec.FaultKind;
import io.secamo.processes.connector.ConnectionSettings;
import io.secamo.processes.connector.Connector;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.IdempotencyKey;
import io.secamo.processes.connector.TicketDraft;
import io.secamo.processes.connector.TicketSystem;
import io.secamo.processes.connector.sandbox.InMemoryStore;
import io.secamo.processes.connector.sandbox.SandboxFactory;
import io.secamo.processes.firewall.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every call is told, good or bad, and does what it did before. */
class MeteredTest {
  private final List<String> told = new ArrayList<>();
  private final InMemoryStore store = new InMemoryStore();

  private Connector connector(Fault... faults) {
    ConnectionSpec spec =
        new ConnectionSpec(
            ConnectionSpec.Type.SANDBOX,
            null,
            null,
            null,
            null,
            new ConnectionSpec.Sandbox(List.of("web"), List.of(faults)),
            null,
            null);
    return new MeteredFactory(
            new SandboxFactory(namespace -> store),
            (connector, operation, outcome, took) -> {
              assertThat(took).isPositive();
              told.add(connector + " " + operation + " " + outcome);
            })
        .connect(new ConnectionSettings("team-a", "sandbox", spec, Map.of()));
  }

  @Test
  void theCallsOfAChangeAreTold() {
    TicketSystem tickets = connector().tickets().orElseThrow();
    IdempotencyKey key = IdempotencyKey.of("c", "u", "s", "t");
    String id = tickets.create(new TicketDraft(key, null, "subject", "text", null)).id();
    assertThat(tickets.find(key)).isPresent();
    tickets.ensureComment(id, "[m]", "text [m]");
    tickets.comment(id, "[n]", "text [n]");
    tickets.ensureClosed(id, true);
    FirewallProvider wall = connector().firewall().orElseThrow();
    assertThat(wall.account()).as("without a call").isNotNull();
    Rule rule = Rule.parse("Ingress tcp 443 from 203.0.113.0/24");
    String made = wall.add("web", rule, "marker").id();
    assertThat(wall.observe("web").rules()).hasSize(1);
    wall.remove(made);
    assertThat(told)
        .containsExactly(
            "Sandbox createTicket ok",
            "Sandbox findTicket ok",
            "Sandbox commentTicket ok",
            "Sandbox commentTicket ok",
            "Sandbox closeTicket ok",
            "Sandbox addRule ok",
            "Sandbox observeRules ok",
            "Sandbox removeRule ok");
  }

  @Test
  void aFailureIsToldAndStillFails() {
    Connector failing = connector(new Fault("check", FaultKind.UNAVAILABLE, 1));
    assertThatThrownBy(failing::check).isInstanceOf(ConnectorFailure.Transient.class);
    assertThat(told).containsExactly("Sandbox check transient");
  }
}
