package io.secamo.processes.kubernetes.kind;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.secamo.processes.api.KindName;
import io.secamo.processes.api.ProcessStatus;
import java.util.Map;

/**
 * A kind of request that this operator serves.
 *
 * @param type its resource
 * @param sample a spec that its schema takes; it is never stored
 */
public record RequestKind(
    Class<? extends CustomResource<?, ProcessStatus>> type, Map<String, Object> sample) {
  /** Its name. */
  public KindName name() {
    return new KindName(HasMetadata.getKind(type));
  }

  /** Name of its CustomResourceDefinition. */
  public String definition() {
    return HasMetadata.getFullResourceName(type);
  }
}
