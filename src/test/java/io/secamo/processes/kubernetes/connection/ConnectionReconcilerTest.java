package io.secamo.processes.kubernetes.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.secamo.processes.api.orchestrator.Connection;
import io.secamo.processes.api.orchestrator.ConnectionSpec;
import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.Connector;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.TicketSystem;
import io.secamo.processes.kubernetes.queue.Changes;
import io.secamo.processes.systems.Patience;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When an outside system is called to see whether its Connection works. */
@EnableKubernetesMockClient(crud = true)
class ConnectionReconcilerTest {
  KubernetesClient client;
  private final AtomicInteger calls = new AtomicInteger();
  private final CountDownLatch answers = new CountDownLatch(1);
  private final Semaphore hung = new Semaphore(0);
  private final Turned clock = new Turned();
  private volatile boolean rejects = true;
  private ConnectionReconciler reconciler;

  @BeforeEach
  void setTheStage() {
    reconciler =
        new ConnectionReconciler(
            client,
            new KubernetesSystems.Factory(
                client,
                Map.of(ConnectionSpec.Type.OPEN_STACK, settings -> new Rejecting(settings.name())),
                namespace -> Optional.empty(),
                new ConnectionChecks()),
            new ConnectionChecks(),
            new Changes<>(Connection.class, Changes::ofSpec, changed -> {}),
            clock);
  }

  /** Whatever woke it: with each try a cloud counts, and locks the user out at last. */
  @Test
  void aSystemThatRejectsTheCredentialsIsNotAskedAgainBeforeAMinuteIsOver() {
    Connection cloud = connection("team-a", "cloud");
    look(cloud);
    clock.now = clock.now.plusSeconds(20);
    for (int i = 0; i < 12; i++) {
      assertThat(look(cloud).getScheduleDelay()).contains(40_000L);
    }
    assertThat(calls).hasValue(1);

    clock.now = clock.now.plusSeconds(40);
    assertThat(look(cloud).getScheduleDelay()).contains(60_000L);
    assertThat(calls).hasValue(2);
  }

  @Test
  void credentialsThatWereMendedAreTriedAtOnce() {
    Connection cloud = connection("team-a", "cloud");
    look(cloud);
    client.resource(secret("team-a", "bmV3")).update();
    look(cloud);
    assertThat(calls).as("its Secret is another one").hasValue(2);

    Connection moved = named("team-a", "cloud", "https://elsewhere.example.com/v3");
    moved.getMetadata().setGeneration(2L);
    client.resource(moved).update();
    rejects = false;
    look(cloud);
    assertThat(calls).as("it is another one itself").hasValue(3);
    look(cloud);
    assertThat(calls).as("a process found its credentials rejected").hasValue(4);
  }

  @Test
  void theHangingSystemsOfOneTenantDoNotDelayTheCheckOfAnother() throws Exception {
    List<Connection> hanging = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      hanging.add(connection("evil", "hangs-" + i));
    }
    Connection cloud = connection("team-a", "cloud");
    List<Future<UpdateControl<Connection>>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        hanging.forEach(each -> all.add(threads.submit(() -> look(each))));
        assertThat(hung.tryAcquire(4, Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        all.add(threads.submit(() -> look(cloud)));
        all.getLast().get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(calls).as("four of one, and one of another").hasValue(5);
      } finally {
        answers.countDown();
      }
    }
    for (Future<UpdateControl<Connection>> each : all) {
      assertThat(each.get().getScheduleDelay()).isPresent();
    }
    assertThat(calls).as("all of them in the end").hasValue(41);
  }

  private UpdateControl<Connection> look(Connection connection) {
    return reconciler.reconcile(connection, null);
  }

  private Connection connection(String namespace, String name) {
    client.resource(secret(namespace, "b2xk")).createOr(editable -> editable.patch());
    return client.resource(named(namespace, name, "https://example.com/v3")).create();
  }

  private static Connection named(String namespace, String name, String endpoint) {
    Connection connection = new Connection();
    connection.getMetadata().setName(name);
    connection.getMetadata().setNamespace(namespace);
    connection.getMetadata().setUid("uid-" + name);
    connection.getMetadata().setGeneration(1L);
    connection.setSpec(
        new ConnectionSpec(
            ConnectionSpec.Type.OPEN_STACK,
            endpoint,
            new ConnectionSpec.SecretRef("credentials"),
            null,
            null,
            null,
            null,
            null));
    return connection;
  }

  private static Secret secret(String namespace, String password) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName("credentials")
        .endMetadata()
        .addToData("password", password)
        .build();
  }

  /** Rejects credentials, after a while if its name says so. */
  private final class Rejecting implements Connector {
    private final String name;

    private Rejecting(String name) {
      this.name = name;
    }

    @Override
    public Account check() {
      calls.incrementAndGet();
      if (name.startsWith("hangs")) {
        hung.release();
        await();
      }
      if (rejects) {
        throw new ConnectorFailure.Unauthorized("wrong password");
      }
      return new Account("demo");
    }

    private void await() {
      try {
        answers.await();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public Optional<TicketSystem> tickets() {
      return Optional.empty();
    }

    @Override
    public Optional<FirewallProvider> firewall() {
      return Optional.empty();
    }
  }

  private static final class Turned extends Clock {
    private Instant now = Instant.parse("2026-12-01T08:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
