package io.secamo.processes.operator;

import io.secamo.processes.kubernetes.access.ChosenCluster;
import io.secamo.processes.kubernetes.access.Kubeconfig;
import io.secamo.processes.kubernetes.access.OwnPod;
import io.secamo.processes.kubernetes.access.UnknownCluster;
import java.util.Map;
import java.util.Optional;

/**
 * The cluster that the operator works on: the one that KUBECONFIG names, or else the one it runs
 * in. Never the one that somebody happens to have at home.
 */
final class WhichCluster {
  /** What every pod has (Kubernetes, "Accessing the Kubernetes API from a Pod"). */
  private static final String IN_A_POD = "KUBERNETES_SERVICE_HOST";

  private WhichCluster() {}

  /**
   * How to reach it.
   *
   * @throws UnknownCluster if none is named, or what is named is not there
   */
  static ChosenCluster of(Map<String, String> environment) {
    return Kubeconfig.named(environment)
        .map(named -> named.choose(Optional.empty()))
        .orElseGet(() -> ownPod(environment));
  }

  private static ChosenCluster ownPod(Map<String, String> environment) {
    if (environment.getOrDefault(IN_A_POD, "").isEmpty()) {
      throw new UnknownCluster(
          "KUBECONFIG names no file and this runs in no cluster: name the kubeconfig file of the"
              + " cluster to work on");
    }
    return OwnPod.reached(environment);
  }
}
