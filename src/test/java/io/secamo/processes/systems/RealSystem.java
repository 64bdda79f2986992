package io.secamo.processes.systems;

import java.util.List;
import java.util.Optional;

/** What a test can need besides a JDK, and who tells whether this machine can run it. */
public enum RealSystem {
  /** kube-apiserver, etcd and kubectl of the newest version. */
  CONTROL_PLANE("Kubernetes", "dev/controlplane", "can"),

  /** kube-apiserver of the oldest version that is supported. */
  OLDEST_CONTROL_PLANE("Kubernetes 1.30", "dev/controlplane", "--kubernetes", "1.30", "can"),

  /** kube-controller-manager, which finishes the deletion of a namespace. */
  CONTROLLERS("kube-controller-manager", "dev/controlplane", "can", "--controllers"),

  /** The ticket system. */
  REQUEST_TRACKER("Request Tracker", "dev/systems", "can", "rt"),

  /** Keystone and Neutron. */
  OPEN_STACK("OpenStack", "dev/systems", "can", "openstack"),

  /** The program that reads shell scripts. */
  SHELLCHECK("shellcheck", "dev/check-scripts", "can");

  private final String title;
  private final List<String> question;
  private Optional<String> missing;

  RealSystem(String title, String... question) {
    this.title = title;
    this.question = List.of(question);
  }

  /** Its name, for people. */
  public String title() {
    return title;
  }

  /** Why this machine cannot run it, in a sentence; empty if it can. Asked once in a JVM. */
  synchronized Optional<String> missing() {
    if (missing == null) {
      Script.Result answer = Script.of(question).run();
      missing = answer.exit() == 0 ? Optional.empty() : Optional.of(answer.err().strip());
    }
    return missing;
  }
}
