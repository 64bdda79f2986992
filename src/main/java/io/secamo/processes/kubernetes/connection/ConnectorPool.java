package io.secamo.processes.kubernetes.connection;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.secamo.processes.api.orchestrator.Connection;
import io.secamo.processes.api.orchestrator.ConnectionSpec;
import io.secamo.processes.connector.ConnectorFactory;
import io.secamo.processes.kubernetes.leaving.LeavingNamespaces;
import io.secamo.processes.kubernetes.reading.SharedReads;
import java.util.Map;

/** What the connectors of all namespaces have in common: vendors, what is kept, and who reads. */
final class ConnectorPool {
  final KubernetesClient client;
  final Map<ConnectionSpec.Type, ConnectorFactory> vendors;
  final KeptConnectors kept;
  final Makers makers;
  final SharedReads<Connection> connections = new SharedReads<>();
  final ConnectionSecrets secrets;
  final LeavingNamespaces leaving;
  final ConnectionChecks checks;

  /**
   * With the connectors of each vendor.
   *
   * @param needs what requests need that are not over
   * @param checks asked for a check where a process finds credentials refused
   */
  ConnectorPool(
      KubernetesClient client,
      Map<ConnectionSpec.Type, ConnectorFactory> vendors,
      Needs needs,
      ConnectionChecks checks) {
    this.client = client;
    this.vendors = Map.copyOf(vendors);
    this.kept = new KeptConnectors(needs::names);
    this.makers = new Makers(needs::uses);
    this.secrets = new ConnectionSecrets(client);
    this.leaving = new LeavingNamespaces(client);
    this.checks = checks;
  }
}
