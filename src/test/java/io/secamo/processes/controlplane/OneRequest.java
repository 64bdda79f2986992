package io.secamo.processes.controlplane;

import static io.secamo.processes.controlplane.Submitted.accepted;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Each test has a request of its own on the real API server, which is gone afterwards. */
public abstract class OneRequest {
  private static final AtomicInteger COUNT = new AtomicInteger();
  protected static ControlPlane cluster;
  protected static KubernetesClient operator;

  protected final String name;
  protected Submitted web;

  protected OneRequest(String prefix) {
    this.name = prefix + "-" + COUNT.incrementAndGet();
  }

  @BeforeAll
  static void connect() {
    cluster = ControlPlane.running();
    operator = cluster.client("operator");
  }

  @AfterAll
  static void disconnect() {
    operator.close();
  }

  @BeforeEach
  void submit() {
    web = new Submitted(cluster, operator, name);
    accepted(web.submittedBy("requester", "engineers"));
  }

  @AfterEach
  void cleanUp() {
    web.remove();
  }
}
