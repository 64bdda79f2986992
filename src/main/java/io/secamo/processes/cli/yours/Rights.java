package io.secamo.processes.cli.yours;

import io.secamo.processes.cli.cluster.Cluster;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Which verbs a person holds, as the API server says. */
public interface Rights {
  /** On a gate. */
  boolean atGate(String verb, String gate, String namespace);

  /**
   * Whether somebody lets them vote at a gate in their place now. Who may not read delegations may
   * have one.
   */
  boolean standsIn(String gate, String namespace);

  /** On a request. */
  boolean on(String verb, String request, String namespace);

  /** Asked of a cluster, each only once. */
  static Rights in(Cluster cluster, Clock clock) {
    Map<String, Boolean> known = new HashMap<>();
    return new Rights() {
      @Override
      public boolean atGate(String verb, String gate, String namespace) {
        return known.computeIfAbsent(
            "gate " + verb + " " + namespace + "/" + gate,
            key -> cluster.permissions().atGate(verb, gate, namespace));
      }

      @Override
      public boolean standsIn(String gate, String namespace) {
        return known.computeIfAbsent(
            "deputy " + namespace + "/" + gate,
            key -> cluster.permissions().standsIn(gate, namespace, clock.instant()));
      }

      @Override
      public boolean on(String verb, String request, String namespace) {
        return known.computeIfAbsent(
            "request " + verb + " " + namespace + "/" + request,
            key -> cluster.permissions().onRequest(verb, request, namespace));
      }
    };
  }
}
