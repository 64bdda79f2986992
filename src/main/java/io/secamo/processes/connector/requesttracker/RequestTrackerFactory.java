package io.secamo.processes.connector.requesttracker;

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

/** Makes connections to Request Tracker from an address, a queue and a token. */
public final class RequestTrackerFactory implements ConnectorFactory {
  private final Clock clock;
  private final Limits limits;
  private final Sockets sockets;

  /** With the usual limits. */
  public RequestTrackerFactory(Clock clock) {
    this(clock, Limits.DEFAULT);
  }

  /** With limits of one's own. */
  public RequestTrackerFactory(Clock clock, Limits limits) {
    this.clock = clock;
    this.limits = limits;
    this.sockets = new Sockets(limits);
  }

  @Override
  public Connector connect(ConnectionSettings settings) {
    ConnectionSpec spec = settings.spec();
    String address = spec.endpoint();
    ConnectionSpec.RequestTracker own = spec.requestTracker();
    if (address == null || own == null) {
      throw new ConnectorFailure.Refused(
          "the " + settings + " needs spec.endpoint and spec.requestTracker.queue");
    }
    String token = settings.needed("token").strip();
    if (!token.matches("[\\x21-\\x7e]+")) {
      throw new ConnectorFailure.Unauthorized(
          settings.secret()
              + " has no usable key token: put an authentication token of Request Tracker there");
    }
    HttpEndpoint endpoint =
        new HttpEndpoint(
            "Request Tracker",
            address,
            sockets.trusting(settings.authorities()),
            limits,
            new Throttle(spec.limits(), settings.namespace(), clock),
            clock);
    Rest2 rest = new Rest2(endpoint, token, own.keyField());
    return new RequestTracker(rest, own.queue(), limits.request());
  }
}
