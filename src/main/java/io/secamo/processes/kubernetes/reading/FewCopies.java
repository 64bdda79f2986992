package io.secamo.processes.kubernetes.reading;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.config.Cloner;

/**
 * Hands out what the informer holds as it is: we never change it, and a copy costs a round trip
 * through JSON. The framework itself changes the one object to which it has to add our finalizer,
 * so that one is copied.
 */
public final class FewCopies implements Cloner {
  private final KubernetesSerialization serialization;
  private final String finalizer;

  /**
   * Copies what does not carry our finalizer yet.
   *
   * @param finalizer our own
   */
  public FewCopies(KubernetesSerialization serialization, String finalizer) {
    this.serialization = serialization;
    this.finalizer = finalizer;
  }

  @Override
  public <R extends HasMetadata> R clone(R object) {
    return object.hasFinalizer(finalizer) ? object : serialization.clone(object);
  }
}
