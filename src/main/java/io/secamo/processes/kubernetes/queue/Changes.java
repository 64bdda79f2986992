package io.secamo.processes.kubernetes.queue;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/**
 * Hears of new, changed and deleted objects through the informer of their own reconciler: a second
 * one would keep everything twice, and cost the API server as much again.
 *
 * @param <R> kind of resource
 */
public final class Changes<R extends HasMetadata> extends AbstractEventSource<R, R>
    implements ResourceEventAware<R> {
  private final BiPredicate<R, R> matters;
  private final Consumer<R> heard;

  /**
   * Of a kind.
   *
   * @param matters whether a version, the first, is worth telling after the one before
   * @param heard told each version that is; must return at once
   */
  public Changes(Class<R> kind, BiPredicate<R, R> matters, Consumer<R> heard) {
    super(kind, "changes");
    this.matters = matters;
    this.heard = heard;
  }

  @Override
  public void onResourceCreated(R first) {
    heard.accept(first);
  }

  @Override
  public void onResourceUpdated(R now, R before) {
    if (matters.test(now, before)) {
      heard.accept(now);
    }
  }

  @Override
  public void onResourceDeleted(R last) {
    heard.accept(last);
  }

  @Override
  public Set<R> getSecondaryResources(R primary) {
    return Set.of();
  }

  /** Whether what was asked for is something else than before; a status may differ. */
  public static boolean ofSpec(HasMetadata now, HasMetadata before) {
    return !Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration());
  }
}
