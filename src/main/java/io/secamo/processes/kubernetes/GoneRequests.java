package io.secamo.processes.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.secamo.processes.api.request.ProcessRequest;
import io.secamo.processes.api.request.RequestSpec;
import io.secamo.processes.engine.ProcessEngine;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets deleted requests go, and makes good what those leave behind that went in another way.
 *
 * @param <R> kind of resource
 * @param <S> its spec
 */
final class GoneRequests<R extends ProcessRequest<S>, S extends RequestSpec> {
  private static final Logger LOG = LoggerFactory.getLogger(GoneRequests.class);

  private final ProcessEngine<S> engine;
  private final StatusWriter<R> writer;
  private final UnrecordedUndo<R, S> unrecorded;
  private final KeptEvidence<R> evidence;

  /** Uids of requests that we let go and that are not gone yet. */
  private final Set<String> letGo = ConcurrentHashMap.newKeySet();

  GoneRequests(
      ProcessEngine<S> engine,
      StatusWriter<R> writer,
      UnrecordedUndo<R, S> unrecorded,
      KeptEvidence<R> evidence) {
    this.engine = engine;
    this.writer = writer;
    this.unrecorded = unrecorded;
    this.evidence = evidence;
  }

  /**
   * Lets a request go whose duties are done, once its evidence is kept.
   *
   * @return false if that cannot be kept now
   */
  boolean letGo(R resource) {
    // Nobody can write it again afterwards: it is looked for, whatever is known of it.
    evidence.forget(resource);
    if (!evidence.kept(resource)) {
      return false;
    }
    letGo.add(resource.getMetadata().getUid());
    writer.release(resource);
    evidence.forget(resource);
    return true;
  }

  /**
   * A request is gone. If it was not let go by us, somebody took away the finalizer that keeps it
   * until then, and only we still know its evidence and what it owed.
   */
  void heard(R last) {
    R resource = writer.newest(last);
    writer.forget(resource);
    if (!letGo.remove(resource.getMetadata().getUid())) {
      UnrecordedUndo.untilDone(name(resource), () -> madeGood(resource));
    }
  }

  private boolean madeGood(R resource) {
    List<String> owed = engine.owed(Requests.of(resource), resource.getStatus());
    try {
      // After a gap in the watch what we saw last is not how it ended; its record tells that.
      if (evidence.ended(resource)) {
        return true;
      }
      if (!owed.isEmpty()) {
        LOG.error(
            "{} was deleted without its finalizer while {} was still to be removed: removing it"
                + " now",
            name(resource),
            owed);
        unrecorded.undo(Requests.of(resource), resource, resource.getStatus());
      }
      evidence.keep(resource);
      return true;
    } catch (KubernetesClientException e) {
      LOG.error("{} is gone; {} may have to be removed by hand", name(resource), owed, e);
      return false;
    }
  }

  private static String name(ProcessRequest<?> resource) {
    return resource.getKind() + " " + resource.address();
  }
}
