package io.secamo.processes.cli.yours;

import io.secamo.processes.cli.cluster.Cluster;
import java.util.HashMap;
import java.util.Map;

/** Which verbs a person holds, as the API server says. */
public interface Rights {
  /** On a gate. */
  boolean atGate(String verb, String gate, String namespace);

  /** On a request. */
  boolean on(String verb, String request, String namespace);

  /** Asked of a cluster, each only once. */
  static Rights in(Cluster cluster) {
    Map<String, Boolean> known = new HashMap<>();
    return new Rights() {
      @Override
      public boolean atGate(String verb, String gate, String namespace) {
        return known.computeIfAbsent(
            "gate " + verb + " " + namespace + "/" + gate,
            key -> cluster.may(verb, gate, namespace));
      }

      @Override
      public boolean on(String verb, String request, String namespace) {
        return known.computeIfAbsent(
            "request " + verb + " " + namespace + "/" + request,
            key -> cluster.mayDo(verb, request, namespace));
      }
    };
  }
}
