package io.secamo.processes.connector.metered;

import io.secamo.processes.connector.ConnectionSettings;
import io.secamo.processes.connector.Connector;
import io.secamo.processes.connector.ConnectorFactory;

/** Makes connectors of a vendor whose calls are measured. */
public final class MeteredFactory implements ConnectorFactory {
  private final ConnectorFactory vendor;
  private final Calls calls;

  /** Around a vendor's factory. */
  public MeteredFactory(ConnectorFactory vendor, Calls calls) {
    this.vendor = vendor;
    this.calls = calls;
  }

  @Override
  public Connector connect(ConnectionSettings settings) {
    Meter meter = new Meter(settings.spec().type().word(), calls);
    return new MeteredConnector(vendor.connect(settings), meter);
  }
}
