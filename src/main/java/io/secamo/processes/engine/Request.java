package io.secamo.processes.engine;

import java.time.Instant;
import java.util.Map;

/**
 * One request as it stands on the API server right now, without its status.
 *
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

  /** Namespace and name, for messages. */
  public String address() {
    return namespace + "/" + name;
  }
}
