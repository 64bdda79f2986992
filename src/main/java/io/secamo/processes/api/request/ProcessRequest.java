package io.secamo.processes.api.request;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.secamo.processes.api.ProcessStatus;

/**
 * A request of any kind: the kinds differ in what is asked for, not in how it stands.
 *
 * @param <S> what is asked for
 */
public abstract class ProcessRequest<S extends RequestSpec> extends CustomResource<S, ProcessStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;

  /** Namespace and name, for people. */
  public final String address() {
    return getMetadata().getNamespace() + "/" + getMetadata().getName();
  }
}
