package io.secamo.processes.kubernetes;

import static io.secamo.processes.kubernetes.Submission.saying;
import static io.secamo.processes.kubernetes.Submission.unfit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.controlplane.ControlPlane;
import io.secamo.processes.effect.Interruption;
import io.secamo.processes.kubernetes.reading.Seen;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a status is locked by: the API server's own word on it, which the mock does not have. */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class StatusLockTest {
  private static final int WRITES = 40;
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final ControlPlane cluster = ControlPlane.running();
  private final KubernetesClient client = cluster.client("operator");
  private final StatusWriter<FirewallChangeRequest> writer =
      new StatusWriter<>(client, FirewallChangeRequest.class, new Seen<>());
  private final String name = "lock-" + NUMBER.incrementAndGet();
  private FirewallChangeRequest first;

  @BeforeEach
  void submit() throws IOException {
    String request =
        Files.readString(Path.of("examples/sandbox/request.yaml")).replace("acme-web-443", name);
    assertThat(
            cluster.kubectlWith("requester", request, "-n", "default", "apply", "-f", "-").exit())
        .isZero();
    first = writer.write(live(), saying("first"));
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void whatAnotherOperatorWroteIsNotWrittenOver() {
    writer.write(first, saying("of the other one"));
    assertThatThrownBy(() -> writer.write(first, saying("second")))
        .isInstanceOf(Interruption.Conflict.class);
    assertThat(live().getStatus().message()).isEqualTo("of the other one");
  }

  /** Somebody deleted it, and made one of that name anew. */
  @Test
  void theStatusOfOneIsNotWrittenToAnotherOneOfThatName() {
    FirewallChangeRequest before = live();
    before.getMetadata().setUid("of-the-one-before");
    assertThatThrownBy(() -> writer.write(before, saying("second")))
        .isInstanceOf(Interruption.Conflict.class);
    assertThat(live().getStatus().message()).isEqualTo("first");
  }

  @Test
  void whatIsGoneFromTheStatusIsGoneAndWhatWasNeverThereIsNoFault() {
    FirewallChangeRequest believed = writer.write(first, saying(null));
    assertThat(live().getStatus().message()).isNull();
    believed.setStatus(saying("never there", believed.getStatus().attempt()));
    writer.write(believed, saying(null));
    assertThat(live().getStatus().message()).isNull();
  }

  /** It is so next time as well: whoever waits for that waits for ever. */
  @Test
  void whatTheSchemaDoesNotTakeIsNotTriedForEver() {
    assertThatThrownBy(() -> writer.write(first, unfit()))
        .isInstanceOf(Interruption.NotRecorded.class);
    assertThat(live().getStatus().message()).isEqualTo("first");
  }

  /** A script of the requester that never stops, from two sides at once. */
  @Test
  void whoWritesAllTheTimeKeepsNothingFromBeingRecorded() throws InterruptedException {
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger beats = new AtomicInteger();
    Thread[] flood = new Thread[2];
    for (int i = 0; i < flood.length; i++) {
      String key = "example.com/beat-" + i;
      flood[i] = Thread.startVirtualThread(() -> beat(key, over, beats));
    }
    FirewallChangeRequest last = first;
    int written = 0;
    try {
      while (written < WRITES || beats.get() < WRITES) {
        last = writer.write(last, saying("write " + ++written));
      }
    } finally {
      over.set(true);
      for (Thread one : flood) {
        one.join();
      }
    }
    System.out.printf("FIGURE %d statuses written, %d writes of others%n", written, beats.get());
    assertThat(live().getStatus().message()).isEqualTo("write " + written);
  }

  private void beat(String key, AtomicBoolean over, AtomicInteger beats) {
    try (KubernetesClient requester = cluster.client("requester")) {
      while (!over.get()) {
        requester
            .resources(FirewallChangeRequest.class)
            .inNamespace("default")
            .withName(name)
            .patch(
                PatchContext.of(PatchType.JSON_MERGE),
                "{\"metadata\":{\"annotations\":{\"%s\":\"%d\"}}}"
                    .formatted(key, beats.incrementAndGet()));
      }
    }
  }

  private FirewallChangeRequest live() {
    return client
        .resources(FirewallChangeRequest.class)
        .inNamespace("default")
        .withName(name)
        .get();
  }
}
