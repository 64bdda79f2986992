package io.secamo.processes.process.firewallchange;

import io.secamo.processes.connector.ConnectionFacts;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.Systems;
import io.secamo.processes.connector.TicketSystem;

/** The firewall by the connector that changed it, whatever its Connection is by now. */
final class MadeBy implements Systems {
  private final Stage stage;
  private final Systems now;
  private final Origin origin;

  MadeBy(Stage stage, Systems now, Origin origin) {
    this.stage = stage;
    this.now = now;
    this.origin = origin;
  }

  @Override
  public TicketSystem tickets(String connection) {
    return now.tickets(connection);
  }

  @Override
  public FirewallProvider firewall(String connection) {
    return stage.sandbox().firewall().orElseThrow();
  }

  @Override
  public Systems toUndo() {
    return this;
  }

  @Override
  public Systems toUndo(Origin other) {
    return this;
  }

  @Override
  public ConnectionFacts facts(String name) {
    String then = origin.connection().replaceAll(".* at ", "");
    return new ConnectionFacts(
        name,
        stage.connectionUid,
        "Sandbox",
        then,
        stage.connectionLabels,
        stage.longest,
        stage.settings);
  }
}
