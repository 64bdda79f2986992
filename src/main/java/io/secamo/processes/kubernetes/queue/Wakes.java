package io.secamo.processes.kubernetes.queue;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Lets requests be looked at again when something changed that they wait for. */
public final class Wakes {
  private final SimpleInboundEventSource<FirewallChangeRequest> source =
      new SimpleInboundEventSource<>("wakes");
  private final Supplier<Stream<FirewallChangeRequest>> requests;

  /**
   * Wakes requests.
   *
   * @param requests all requests, from the informer
   */
  public Wakes(Supplier<Stream<FirewallChangeRequest>> requests) {
    this.requests = requests;
  }

  /** Where the controller hears of it. */
  public SimpleInboundEventSource<FirewallChangeRequest> source() {
    return source;
  }

  /** Wakes every request of which that is true. */
  public void wake(Predicate<FirewallChangeRequest> which) {
    requests
        .get()
        .filter(which)
        .forEach(request -> source.propagateEvent(ResourceID.fromResource(request)));
  }
}
