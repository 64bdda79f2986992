package io.secamo.processes.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.RegisteredController;
import io.secamo.processes.api.request.ProcessRequest;
import io.secamo.processes.api.request.RequestSpec;
import io.secamo.processes.kubernetes.kind.RequestKind;
import io.secamo.processes.kubernetes.reading.Seen;
import java.util.stream.Stream;

/**
 * The requests of one kind: what is seen of them, and how they are written.
 *
 * @param <R> kind of resource
 * @param <S> its spec
 */
final class ServedKind<R extends ProcessRequest<S>, S extends RequestSpec> {
  private final RequestKind<R, S> kind;
  private final Seen<R> seen = new Seen<>();
  private final StatusWriter<R> writer;

  ServedKind(KubernetesClient client, RequestKind<R, S> kind) {
    this.kind = kind;
    this.writer = new StatusWriter<>(client, kind.type(), seen);
  }

  RequestKind<R, S> kind() {
    return kind;
  }

  StatusWriter<R> writer() {
    return writer;
  }

  /** From now on what this controller sees. */
  void seenBy(RegisteredController<R> controller) {
    seen.by(controller);
  }

  /** Whether what was seen so far is all there is. */
  boolean complete() {
    return seen.complete();
  }

  /** All requests of the kind, each in the newest version that is known. */
  Stream<R> requests() {
    return seen.all().map(writer::newest);
  }
}
