package io.secamo.processes.kubernetes.leaving;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Hears of resources that are gone. Whoever holds our finalizer goes by our own hand; but an
 * administrator can take the finalizer away, and the framework tells its reconciler nothing then.
 *
 * @param <R> kind of resource
 */
public final class Vanished<R extends HasMetadata> extends AbstractEventSource<R, R>
    implements ResourceEventAware<R> {
  private final Consumer<R> heard;

  /**
   * Of a kind.
   *
   * @param heard told the last version that was seen; must return at once
   */
  public Vanished(Class<R> kind, Consumer<R> heard) {
    super(kind, "vanished");
    this.heard = heard;
  }

  @Override
  public void onResourceDeleted(R last) {
    heard.accept(last);
  }

  @Override
  public Set<R> getSecondaryResources(R primary) {
    return Set.of();
  }
}
