package io.secamo.processes.kubernetes.connection;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.secamo.processes.api.orchestrator.Connection;
import io.secamo.processes.connector.ConnectorFailure;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Asks for a fresh check of a connection, when a process found its credentials refused: of the one
 * that refused them, also where the process goes on without it or tells of another failure.
 */
public final class ConnectionChecks {
  private final SimpleInboundEventSource<Connection> source =
      new SimpleInboundEventSource<>("rechecks");

  SimpleInboundEventSource<Connection> source() {
    return source;
  }

  /** An outside system as processes use it. */
  <T> T noticing(String namespace, String connection, Class<T> port, T real) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          try {
            return method.invoke(real, arguments);
          } catch (InvocationTargetException thrown) {
            Throwable why = thrown.getTargetException();
            if (why instanceof ConnectorFailure.Unauthorized) {
              recheck(namespace, connection);
            }
            throw why;
          }
        };
    return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, handler));
  }

  /** The credentials of a connection were refused. */
  void recheck(String namespace, String connection) {
    source.propagateEvent(new ResourceID(connection, namespace));
  }
}
