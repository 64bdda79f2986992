package io.secamo.processes.kubernetes.connection;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.secamo.processes.api.orchestrator.Connection;

/** Asks for a fresh check of a connection, when a process found its credentials refused. */
public final class ConnectionChecks {
  private final SimpleInboundEventSource<Connection> source =
      new SimpleInboundEventSource<>("rechecks");

  SimpleInboundEventSource<Connection> source() {
    return source;
  }

  /** The credentials of a connection were refused. */
  public void recheck(String namespace, String connection) {
    source.propagateEvent(new ResourceID(connection, namespace));
  }
}
