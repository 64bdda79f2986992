package io.secamo.processes.kubernetes.reading;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.RegisteredController;
import io.javaoperatorsdk.operator.processing.Controller;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.controller.ControllerEventSource;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the informer of a controller has seen so far; nothing before there is one.
 *
 * @param <R> kind of resource
 */
public final class Seen<R extends HasMetadata> {
  private volatile @Nullable ControllerEventSource<R> source;

  /** From now on what this controller sees. */
  public void by(RegisteredController<R> registered) {
    source = ((Controller<R>) registered).getEventSourceManager().getControllerEventSource();
  }

  /** All objects. */
  public Stream<R> all() {
    return running().map(ControllerEventSource::list).orElseGet(Stream::empty);
  }

  /** Whether what it has seen so far is all there is. */
  public boolean complete() {
    return running().isPresent();
  }

  /** The version that was seen of an object. */
  public Optional<R> versionOf(R object) {
    return running().flatMap(known -> known.get(ResourceID.fromResource(object)));
  }

  /** Controllers start at the same time, and one may be asked by another that was faster. */
  private Optional<ControllerEventSource<R>> running() {
    return Optional.ofNullable(source).filter(ControllerEventSource::isRunning);
  }
}
