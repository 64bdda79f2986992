package io.secamo.processes.kubernetes.kind;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.secamo.processes.api.KindName;
import io.secamo.processes.api.request.ProcessRequest;
import io.secamo.processes.api.request.RequestSpec;
import io.secamo.processes.engine.procedure.ProcessType;
import io.secamo.processes.process.Surroundings;
import java.util.Map;
import java.util.function.Function;

/**
 * A kind of request that this operator serves.
 *
 * @param type its resource
 * @param sample a spec that its schema takes; it is never stored
 * @param procedure what is done for a request, given what is around it
 * @param <R> kind of resource
 * @param <S> its spec
 */
public record RequestKind<R extends ProcessRequest<S>, S extends RequestSpec>(
    Class<R> type, Map<String, Object> sample, Function<Surroundings, ProcessType<S>> procedure) {
  /** Its name. */
  public KindName name() {
    return new KindName(HasMetadata.getKind(type));
  }

  /** Name of its CustomResourceDefinition. */
  public String definition() {
    return HasMetadata.getFullResourceName(type);
  }
}
