package io.secamo.processes.kubernetes;

import io.secamo.processes.kubernetes.health.Transitions;
import java.time.Clock;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How to run.
 *
 * @param clock the time processes live by
 * @param leaderElection namespace of the Lease that lets one of several replicas act; empty: no
 *     election
 * @param mustEnd called with the reason when this replica must not go on: another one may act, or
 *     the API server cannot be watched any more; it must end the program
 * @param namespaces where requests are worked on; empty: in all
 * @param transitions told of each change of state
 */
public record Settings(
    Clock clock,
    String leaderElection,
    Consumer<String> mustEnd,
    Set<String> namespaces,
    Transitions transitions) {}
