package io.secamo.processes.process;

import io.secamo.processes.approval.ApprovalRules;
import io.secamo.processes.approval.Ballot.Holders;
import io.secamo.processes.approval.Delegation;
import io.secamo.processes.approval.Protection;
import io.secamo.processes.connector.Systems;
import io.secamo.processes.engine.Request;
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
   * Another request whose change of the same target is under way.
   *
   * @param uid the request that asks; it holds the target from now on if the answer is empty
   * @param target what is changed, the same text for the same thing
   * @return namespace and name of that request
   */
  Optional<String> changing(String uid, String target);

  /** Whether votes are a proof right now, tried on this very request. */
  Protection protection(Request<?> request);

  /** Who may vote at gates of a namespace, by gate; empty if it cannot be known. */
  Optional<Map<String, Holders>> holders(String namespace, List<String> gates);
}
