package io.secamo.processes.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.controlplane.ControlPlane;
import io.secamo.processes.effect.Interruption;
import io.secamo.processes.fault.Installation;
import io.secamo.processes.kubernetes.reading.Seen;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A pass must never decide on a status older than the one it wrote itself: that would be a second
 * ticket. The informer alone is stale for a while after each write; the status writer is not.
 */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class StaleReadTest {
  private static final int PASSES = 3000;

  /** Counts up in the status and wakes itself at once; sees whether it ever reads an old count. */
  private static final class Counting implements Reconciler<FirewallChangeRequest> {
    private final SimpleInboundEventSource<FirewallChangeRequest> again =
        new SimpleInboundEventSource<>("again");
    private final CountDownLatch done = new CountDownLatch(1);
    private final StatusWriter<FirewallChangeRequest> writer;
    private int truth;
    private int stale;
    private int informerStale;

    private Counting(StatusWriter<FirewallChangeRequest> writer) {
      this.writer = writer;
    }

    @Override
    public List<EventSource<?, FirewallChangeRequest>> prepareEventSources(
        EventSourceContext<FirewallChangeRequest> context) {
      return List.of(again);
    }

    @Override
    public UpdateControl<FirewallChangeRequest> reconcile(
        FirewallChangeRequest cached, Context<FirewallChangeRequest> context) {
      if (truth >= PASSES) {
        done.countDown();
        return UpdateControl.noUpdate();
      }
      FirewallChangeRequest newest = writer.newest(cached);
      informerStale += count(cached) == truth ? 0 : 1;
      stale += count(newest) == truth ? 0 : 1;
      try {
        writer.write(newest, counted(truth + 1));
        truth++;
      } catch (Interruption.Conflict conflict) {
        writer.refresh(newest);
      }
      again.propagateEvent(ResourceID.fromResource(cached));
      return UpdateControl.noUpdate();
    }

    private static int count(FirewallChangeRequest resource) {
      ProcessStatus status = resource.getStatus();
      return status == null || status.message() == null ? 0 : Integer.parseInt(status.message());
    }

    private static ProcessStatus counted(int number) {
      return Submission.saying(Integer.toString(number));
    }
  }

  /** Does nothing, like one that waits for people. */
  private static final class Idle implements Reconciler<FirewallChangeRequest> {
    @Override
    public UpdateControl<FirewallChangeRequest> reconcile(
        FirewallChangeRequest cached, Context<FirewallChangeRequest> context) {
      return UpdateControl.noUpdate();
    }
  }

  private final ControlPlane cluster = ControlPlane.running();

  @Test
  void noPassEverActsOnAnOlderStatusThanItWrote() throws Exception {
    Seen<FirewallChangeRequest> seen = new Seen<>();
    try (KubernetesClient client = cluster.client("operator")) {
      Counting counting = new Counting(writer(client, seen));
      Operator operator = start(client, seen, counting, counting.writer);
      submit("stale");
      boolean ended = counting.done.await(180, TimeUnit.SECONDS);
      operator.stop();
      System.out.printf(
          "FIGURE stale reads acted upon: %d in %d tight re-triggers (the informer alone: %d)%n",
          counting.stale, counting.truth, counting.informerStale);
      assertThat(ended).as("%d passes", counting.truth).isTrue();
      assertThat(counting.stale).isZero();
      assertThat(counting.informerStale).as("the test would notice").isPositive();
    }
  }

  /** Whichever is first, the answer or the event: ten thousand copies would fill the heap. */
  @Test
  void noCopyIsKeptOfWhatTheInformerHas() throws Exception {
    Seen<FirewallChangeRequest> seen = new Seen<>();
    try (KubernetesClient client = cluster.client("operator")) {
      StatusWriter<FirewallChangeRequest> writer = writer(client, seen);
      Operator operator = start(client, seen, new Idle(), writer);
      for (int i = 0; i < 50; i++) {
        submit("kept-" + i);
        FirewallChangeRequest made =
            client
                .resources(FirewallChangeRequest.class)
                .inNamespace("default")
                .withName("kept-" + i)
                .get();
        assertThat(writer.write(made, Counting.counted(i)).getStatus()).isNotNull();
      }
      boolean none = Installation.until(Duration.ofSeconds(60), () -> writer.kept() == 0);
      operator.stop();
      assertThat(none).as("%d copies of 50 are kept", writer.kept()).isTrue();
    }
  }

  private static StatusWriter<FirewallChangeRequest> writer(
      KubernetesClient client, Seen<FirewallChangeRequest> seen) {
    return new StatusWriter<>(client, FirewallChangeRequest.class, seen);
  }

  private static Operator start(
      KubernetesClient client,
      Seen<FirewallChangeRequest> seen,
      Reconciler<FirewallChangeRequest> reconciler,
      StatusWriter<FirewallChangeRequest> writer) {
    Operator operator =
        new Operator(
            c ->
                c.withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .withUseSSAToPatchPrimaryResource(false));
    seen.by(
        operator.register(
            reconciler,
            (ControllerConfigurationOverrider<FirewallChangeRequest> c) ->
                c.settingNamespaces("default")
                    .withName("counting")
                    .withOnUpdateFilter(
                        (now, before) -> {
                          writer.caughtUp(now);
                          return true;
                        })));
    operator.start();
    return operator;
  }

  private void submit(String name) throws IOException {
    String request =
        Files.readString(Path.of("examples/sandbox/request.yaml")).replace("acme-web-443", name);
    assertThat(
            cluster.kubectlWith("requester", request, "-n", "default", "apply", "-f", "-").exit())
        .isZero();
  }
}
