package io.secamo.processes.engine.procedure;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.KindName;
import io.secamo.processes.api.ProcessStatus.RequestedBy;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One request as it stands on the API server right now, without its status.
 *
 * @param kind what it is a request for
 * @param uid identity; names are reused, uids are not
 * @param namespace namespace
 * @param name name
 * @param generation counts changes of the spec
 * @param createdAt when the API server accepted it
 * @param wish what its people want of it besides what it says
 * @param requestedBy user name of the requester, as admission proved it; empty if nobody did
 * @param annotations its annotations
 * @param spec what is asked for
 * @param <S> spec of the process kind
 */
public record Request<S>(
    KindName kind,
    String uid,
    String namespace,
    String name,
    long generation,
    Instant createdAt,
    Wish wish,
    String requestedBy,
    Map<String, String> annotations,
    S spec) {
  /** What its people want of a request besides what it says. */
  public enum Wish {
    /** Go on. */
    PROCEED,
    /** Make no new change for now. */
    SUSPEND,
    /** Taken back. */
    WITHDRAW,
    /** The object is being deleted. */
    DELETE
  }

  /** Who submitted it in the name of the requester; empty if that was the requester. */
  public String submittedBy() {
    return annotations.getOrDefault(Annotations.SUBMITTED_BY, "");
  }

  /** What the evidence says it is. */
  public Subject subject(String clusterId) {
    return new Subject(kind.value(), namespace, name, uid, clusterId);
  }

  /** The user names of whoever asks for it: requester and submitter. */
  public List<String> askedBy() {
    return Stream.of(requestedBy, submittedBy()).filter(name -> !name.isEmpty()).toList();
  }

  /** The requester and how we know; null if nobody is recorded. */
  public @Nullable RequestedBy requester() {
    if (requestedBy.isEmpty()) {
      return null;
    }
    String by = submittedBy();
    return by.isEmpty()
        ? new RequestedBy(requestedBy, "Admission", null)
        : new RequestedBy(requestedBy, "OnBehalf", by);
  }

  /** Namespace and name, for messages. */
  public String address() {
    return namespace + "/" + name;
  }
}
