package io.secamo.processes.connector;

import io.secamo.processes.api.orchestrator.ConnectionSpec;
import java.util.Map;

/**
 * A connection with its credentials, as a connector needs it. Credentials must never be logged or
 * shown: {@link #toString} leaves them out.
 *
 * @param namespace namespace of the connection
 * @param name name of the connection, for messages
 * @param spec its settings
 * @param credentials the decoded entries of its Secret; empty if it has none
 */
public record ConnectionSettings(
    String namespace, String name, ConnectionSpec spec, Map<String, String> credentials) {
  @Override
  public String toString() {
    return "connection " + namespace + "/" + name;
  }
}
