package io.secamo.processes.process;

import io.secamo.processes.connector.Systems;
import java.util.Optional;

/** What a process finds around it: outside systems, policies, people, and the other processes. */
public interface Surroundings extends Policies, Others {
  /** Stable id of the cluster, part of every idempotency key. */
  String clusterId();

  /** The outside systems that requests of a namespace may use. */
  Systems systems(String namespace);

  /**
   * Takes a place in the queue of those that change a target, so that they do so one after the
   * other. A request loses its place once it neither changes something nor waits for its turn.
   *
   * @param uid the request that asks
   * @param target what is changed, the same text for the same thing
   * @return namespace and name of the request right before it; empty if it is its turn
   */
  Optional<String> queueFor(String uid, String target);
}
