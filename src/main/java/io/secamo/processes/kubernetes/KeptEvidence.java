package io.secamo.processes.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec.Subject;
import io.secamo.processes.api.request.ProcessRequest;
import io.secamo.processes.kubernetes.event.Announcer;
import io.secamo.processes.kubernetes.evidence.EvidenceStore;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The evidence of requests in records of their own, which stay when the requests are deleted.
 *
 * @param <R> kind of resource
 */
final class KeptEvidence<R extends ProcessRequest<?>> {
  private static final Logger LOG = LoggerFactory.getLogger(KeptEvidence.class);

  private final EvidenceStore store;
  private final Announcer announcer;
  private final Function<R, Subject> subject;

  KeptEvidence(EvidenceStore store, Announcer announcer, Function<R, Subject> subject) {
    this.store = store;
    this.announcer = announcer;
    this.subject = subject;
  }

  /**
   * As long as something is live that has to be removed, a record stands on its own. That it cannot
   * be written now (a quota of the namespace) must not delay the removal: the status has the same.
   *
   * @return false if it could not be written
   */
  boolean kept(R stored) {
    try {
      keep(stored);
      return true;
    } catch (KubernetesClientException refused) {
      String why = String.valueOf(refused.getMessage());
      LOG.warn(
          "{}/{}: its evidence cannot be kept now: {}",
          stored.getMetadata().getNamespace(),
          stored.getMetadata().getName(),
          why);
      announcer.unkept(stored, why);
      return false;
    }
  }

  /** Before a request is let go; until then its evidence is in the status as well. */
  void keep(R stored) {
    ProcessStatus status = stored.getStatus();
    if (status != null && status.evidence() != null) {
      if (!store.keep(subject.apply(stored), status.evidence())) {
        announcer.disagreement(stored);
      }
    }
  }

  /** Whether the record of a request tells how it ended. */
  boolean ended(R resource) {
    return store.ended(subject.apply(resource));
  }

  /** What is known of its record is read again when it is needed next. */
  void forget(R resource) {
    store.forget(resource.getMetadata().getUid());
  }
}
