package io.secamo.processes.kubernetes.reading;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.secamo.processes.api.KindName;
import io.secamo.processes.api.State;
import io.secamo.processes.api.request.ProcessRequest;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.effect.Place;
import io.secamo.processes.effect.Reliance;
import io.secamo.processes.engine.procedure.Request;
import io.secamo.processes.kubernetes.kind.RequestKinds;
import io.secamo.processes.process.Others;
import io.secamo.processes.process.Others.Needed;
import io.secamo.processes.process.Others.Stored;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The other requests: from the informer, and asked at the API server where that may be late. */
public final class Neighbours implements Others {
  private final KubernetesClient client;
  private final RequestKinds kinds;
  private final Supplier<Stream<ProcessRequest<?>>> requests;
  private final Function<ProcessRequest<?>, Request<?>> read;

  /**
   * Knows all requests.
   *
   * @param requests all of them, from the informer
   * @param read the request in a resource
   */
  public Neighbours(
      KubernetesClient client,
      RequestKinds kinds,
      Supplier<Stream<ProcessRequest<?>>> requests,
      Function<ProcessRequest<?>, Request<?>> read) {
    this.client = client;
    this.kinds = kinds;
    this.requests = requests;
    this.read = read;
  }

  @Override
  public Map<String, List<Needed>> needed(String uid, Place place, Instant now) {
    Map<String, List<Needed>> needed = new HashMap<>();
    others(uid)
        .filter(Neighbours::wanted)
        .forEach(
            request ->
                Reliance.of(request.getStatus(), now)
                    .at(place)
                    .forEach(
                        id ->
                            needed
                                .computeIfAbsent(id, i -> new ArrayList<>())
                                .add(needed(request))));
    return needed;
  }

  @Override
  public boolean stillNeeds(Needed other, Place place, String externalId, Instant now) {
    String[] address = other.by().split("/", 2);
    return read(other.kind(), address[0], address[1])
        .filter(request -> request.getStatus() != null && wanted(request))
        .filter(request -> Reliance.of(request.getStatus(), now).at(place).contains(externalId))
        .isPresent();
  }

  private Optional<ProcessRequest<?>> read(KindName kind, String namespace, String name) {
    try {
      return Optional.ofNullable(
          client.resources(kinds.of(kind).type()).inNamespace(namespace).withName(name).get());
    } catch (KubernetesClientException e) {
      throw new ConnectorFailure.Transient(
          "request " + namespace + "/" + name + " could not be read", e);
    }
  }

  @Override
  public Optional<Stored> stored(KindName kind, String namespace, String name) {
    return read(kind, namespace, name).map(this::stored);
  }

  @Override
  public List<Stored> removers(Request<?> request) {
    return requests
        .get()
        .filter(r -> request.kind().value().equals(r.getKind()))
        .filter(r -> request.name().equals(r.getSpec().removes()))
        .filter(r -> r.getMetadata().getNamespace().equals(request.namespace()))
        .filter(r -> r.getStatus() != null && r.getStatus().state() == State.APPLYING)
        .flatMap(
            r -> stored(request.kind(), request.namespace(), r.getMetadata().getName()).stream())
        .toList();
  }

  private Stored stored(ProcessRequest<?> request) {
    return new Stored(read.apply(request), Optional.ofNullable(request.getStatus()));
  }

  private static Needed needed(ProcessRequest<?> request) {
    return Needed.of(new KindName(request.getKind()), request.address(), request.getStatus());
  }

  @Override
  public boolean answeredFor(
      String uid, Place place, String externalId, Predicate<String> maker, Instant now) {
    return others(uid)
        .anyMatch(
            r ->
                Reliance.of(r.getStatus(), now)
                    .answersFor(place, externalId, maker.test(r.getMetadata().getUid())));
  }

  private Stream<ProcessRequest<?>> others(String uid) {
    return requests
        .get()
        .filter(r -> r.getStatus() != null && !r.getMetadata().getUid().equals(uid));
  }

  private static boolean wanted(ProcessRequest<?> request) {
    // What was withdrawn after it was completed, as earlier versions let it be, stays for good.
    boolean takenBack =
        Boolean.TRUE.equals(request.getSpec().withdrawn())
            && request.getStatus().state() != State.COMPLETED;
    return request.getMetadata().getDeletionTimestamp() == null && !takenBack;
  }

  @Override
  public Optional<String> aboutToNeed(
      String uid, Place place, UnaryOperator<String> key, Instant now) {
    return others(uid)
        .filter(Neighbours::wanted)
        .filter(
            r ->
                Reliance.of(r.getStatus(), now)
                    .announced(place, key.apply(r.getMetadata().getUid())))
        .findFirst()
        .map(ProcessRequest::address);
  }

  @Override
  public Optional<String> aboutToRemove(String uid, Place place, String externalId, Instant now) {
    return others(uid)
        .filter(r -> Reliance.of(r.getStatus(), now).goes(place, externalId, wanted(r)))
        .findFirst()
        .map(ProcessRequest::address);
  }
}
