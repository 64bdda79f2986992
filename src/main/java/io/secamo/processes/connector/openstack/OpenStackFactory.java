package io.secamo.processes.connector.openstack;

import io.secamo.processes.api.orchestrator.ConnectionSpec;
import io.secamo.processes.connector.ConnectionSettings;
import io.secamo.processes.connector.Connector;
import io.secamo.processes.connector.ConnectorFactory;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.http.HttpEndpoint;
import io.secamo.processes.connector.http.Limits;
import io.secamo.processes.connector.http.Sockets;
import io.secamo.processes.connector.http.Throttle;
import java.time.Clock;

/** Makes connections to a project of OpenStack from Keystone's address and a password. */
public final class OpenStackFactory implements ConnectorFactory {
  private final Clock clock;
  private final Limits limits;
  private final Sockets sockets;

  /** With the usual limits. */
  public OpenStackFactory(Clock clock) {
    this(clock, Limits.DEFAULT);
  }

  /** With limits of one's own. */
  public OpenStackFactory(Clock clock, Limits limits) {
    this.clock = clock;
    this.limits = limits;
    this.sockets = new Sockets(limits);
  }

  @Override
  public Connector connect(ConnectionSettings settings) {
    ConnectionSpec spec = settings.spec();
    String address = spec.endpoint();
    if (address == null) {
      throw new ConnectorFailure.Refused("the " + settings + " needs spec.endpoint");
    }
    Credentials credentials = Credentials.of(settings);
    Sockets.Trusting trusted = sockets.trusting(settings.authorities());
    Throttle throttle = new Throttle(spec.limits(), settings.namespace(), clock);
    HttpEndpoint keystone =
        new HttpEndpoint("OpenStack Keystone", address, trusted, limits, throttle, clock);
    Catalog catalog =
        new Catalog(
            spec.openStack() == null ? null : spec.openStack().region(),
            found ->
                new HttpEndpoint("OpenStack Neutron", found, trusted, limits, throttle, clock));
    KeystoneSession session = new KeystoneSession(keystone, credentials, catalog, clock);
    return new OpenStackFirewall(session, new SecurityGroups(session), limits.request());
  }
}
