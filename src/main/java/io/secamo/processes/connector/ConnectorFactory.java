package io.secamo.processes.connector;

/** Makes a vendor's connector from a connection and its credentials. */
public interface ConnectorFactory {
  /**
   * Makes the connector; makes no call yet.
   *
   * @throws ConnectorFailure.Refused if a setting is unusable
   * @throws ConnectorFailure.Unauthorized if a credential is missing; the message names its key
   */
  Connector connect(ConnectionSettings settings);
}
