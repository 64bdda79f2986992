package io.secamo.processes.kubernetes.queue;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.secamo.processes.api.KindName;
import io.secamo.processes.api.request.ProcessRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Lets requests be looked at again when something changed that they wait for. */
public final class Wakes {
  private final Map<KindName, SimpleInboundEventSource<?>> sources = new ConcurrentHashMap<>();
  private final Supplier<Stream<ProcessRequest<?>>> requests;

  /**
   * Wakes requests.
   *
   * @param requests all requests, from the informers
   */
  public Wakes(Supplier<Stream<ProcessRequest<?>>> requests) {
    this.requests = requests;
  }

  /** Where the controller of a kind hears of it; each kind is asked for once. */
  public <R extends ProcessRequest<?>> SimpleInboundEventSource<R> source(KindName kind) {
    SimpleInboundEventSource<R> source = new SimpleInboundEventSource<>("wakes");
    if (sources.putIfAbsent(kind, source) != null) {
      throw new IllegalStateException("kind " + kind + " is woken already");
    }
    return source;
  }

  /** Wakes every request of which that is true. */
  public void wake(Predicate<ProcessRequest<?>> which) {
    requests.get().filter(which).forEach(this::wake);
  }

  private void wake(ProcessRequest<?> request) {
    SimpleInboundEventSource<?> source = sources.get(new KindName(request.getKind()));
    if (source != null) {
      source.propagateEvent(ResourceID.fromResource(request));
    }
  }
}
