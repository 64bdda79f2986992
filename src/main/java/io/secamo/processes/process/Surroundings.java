package io.secamo.processes.process;

import io.secamo.processes.approval.RequiredGates;
import io.secamo.processes.connector.Systems;
import java.time.Instant;
import java.util.Optional;

/** What a process finds around it: outside systems, policies, and the other processes. */
public interface Surroundings {
  /** Stable id of the cluster, part of every idempotency key. */
  String clusterId();

  /** The outside systems that requests of a namespace may use. */
  Systems systems(String namespace);

  /** The gates that plans of a namespace must pass; empty if it has no ApprovalPolicy. */
  Optional<RequiredGates> gates(String namespace);

  /**
   * Another live request that relies on the same thing outside, so that it must not be removed yet.
   *
   * @param uid the request that asks
   * @param externalId the outside system's id of the thing
   * @param now requests whose own time is over do not count
   * @return namespace and name of one such request
   */
  Optional<String> alsoNeededBy(String uid, String externalId, Instant now);
}
