package io.secamo.processes.process;

import io.secamo.processes.approval.ApprovalRules;
import io.secamo.processes.approval.Ballot.Holders;
import io.secamo.processes.approval.Delegation;
import io.secamo.processes.approval.Protection;
import io.secamo.processes.connector.Systems;
import io.secamo.processes.engine.procedure.Request;
import io.secamo.processes.window.Calendar;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a process finds around it: outside systems, policies, people, and the other processes. */
public interface Surroundings extends Others {
  /** Stable id of the cluster, part of every idempotency key. */
  String clusterId();

  /** The outside systems that requests of a namespace may use. */
  Systems systems(String namespace);

  /** The approval policies of a namespace. */
  ApprovalRules rules(String namespace);

  /** Who may vote in whose place in a namespace, as it was granted. */
  List<Delegation> delegations(String namespace);

  /** Whether who granted a delegation may approve there now. */
  boolean holds(String namespace, Delegation delegation);

  /** The change windows of a namespace. */
  Calendar calendar(String namespace);

  /**
   * Takes a place in the queue of those that change a target, so that they do so one after the
   * other. A request loses its place once it neither changes something nor waits for its turn.
   *
   * @param uid the request that asks
   * @param target what is changed, the same text for the same thing
   * @return namespace and name of the request right before it; empty if it is its turn
   */
  Optional<String> queueFor(String uid, String target);

  /** Whether votes are a proof right now, tried on this very request. */
  Protection protection(Request<?> request);

  /** Who may vote at gates of a namespace, by gate; empty if it cannot be known. */
  Optional<Map<String, Holders>> holders(String namespace, List<String> gates);
}
