package io.secamo.processes.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.RegisteredController;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.FirewallChangeRequest;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import io.secamo.processes.api.orchestrator.ApprovalPolicy;
import io.secamo.processes.api.orchestrator.ChangeWindow;
import io.secamo.processes.api.orchestrator.Connection;
import io.secamo.processes.api.orchestrator.ConnectionSpec;
import io.secamo.processes.connector.ConnectorFactory;
import io.secamo.processes.engine.ProcessEngine;
import io.secamo.processes.kubernetes.admission.AdmissionWatch;
import io.secamo.processes.kubernetes.admission.Canary;
import io.secamo.processes.kubernetes.admission.Identity;
import io.secamo.processes.kubernetes.approval.ApprovalPolicyReconciler;
import io.secamo.processes.kubernetes.approval.GateHolders;
import io.secamo.processes.kubernetes.evidence.EvidenceStore;
import io.secamo.processes.kubernetes.gitops.Anchor;
import io.secamo.processes.kubernetes.queue.Targets;
import io.secamo.processes.kubernetes.queue.Wakes;
import io.secamo.processes.kubernetes.window.ChangeWindowReconciler;
import io.secamo.processes.process.Protection;
import io.secamo.processes.process.firewallchange.FirewallChange;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts reconcilers, informers and schedules together and runs them. */
public final class Controllers implements AutoCloseable {
  /** Every process is looked at this often even if nothing happens: a net under lost events. */
  private static final Duration NET = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(Controllers.class);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(20);

  private final Operator operator;
  private final AtomicBoolean stopping;
  private final AdmissionWatch admission;
  private final Supplier<Stream<FirewallChangeRequest>> requests;

  private Controllers(
      Operator operator,
      AtomicBoolean stopping,
      AdmissionWatch admission,
      Supplier<Stream<FirewallChangeRequest>> requests) {
    this.operator = operator;
    this.stopping = stopping;
    this.admission = admission;
    this.requests = requests;
  }

  /**
   * How to run.
   *
   * @param clock the time processes live by
   * @param leaderElection namespace of the Lease that lets one of several replicas act; empty: no
   *     election
   * @param mustEnd called with the reason when this replica must not go on: another one may act, or
   *     the API server cannot be watched any more; it must end the program
   * @param namespaces where requests are worked on; empty: in all
   */
  public record Settings(
      Clock clock, String leaderElection, Consumer<String> mustEnd, Set<String> namespaces) {}

  /**
   * Starts the controllers and returns when their caches are filled.
   *
   * @param vendors the connectors
   */
  public static Controllers start(
      KubernetesClient client,
      Map<ConnectionSpec.Type, ConnectorFactory> vendors,
      Settings settings) {
    Preflight.check(client);
    AtomicBoolean stopping = new AtomicBoolean();
    Operator operator =
        new Operator(
            config -> {
              config
                  .withKubernetesClient(client)
                  .withCloseClientOnStop(false)
                  // One way of writing everywhere: merge patches locked by resourceVersion.
                  .withUseSSAToPatchPrimaryResource(false)
                  .withExecutorService(Executors.newVirtualThreadPerTaskExecutor())
                  .withReconciliationTerminationTimeout(STOP_WITHIN)
                  .withInformerStoppedHandler((informer, why) -> blinded(settings, stopping, why));
              if (!settings.leaderElection().isEmpty()) {
                config.withLeaderElectionConfiguration(
                    LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(
                            "process-orchestrator")
                        .withLeaseNamespace(settings.leaderElection())
                        // The framework would call System.exit, which never returns in a
                        // shutdown hook: an orderly stop would hang.
                        .withExitOnStopLeading(false)
                        .withLeaderCallbacks(callbacks(settings, stopping))
                        .build());
              }
            });
    Wiring wiring = new Wiring(client, vendors, settings, operator);
    wiring.register();
    operator.start();
    AdmissionWatch admission = new AdmissionWatch(wiring.canary, wiring::protectionChanged);
    admission.start();
    return new Controllers(operator, stopping, admission, () -> wiring.cache.get().get());
  }

  /** Without its view of the requests it would sit there and do nothing. */
  private static void blinded(Settings settings, AtomicBoolean stopping, @Nullable Throwable why) {
    if (why != null && !stopping.get()) {
      LOG.error("a watch ended for good", why);
      settings.mustEnd().accept("a watch ended for good");
    }
  }

  private static LeaderCallbacks callbacks(Settings settings, AtomicBoolean stopping) {
    Runnable stopped =
        () -> {
          if (!stopping.get()) {
            settings.mustEnd().accept("the lease was lost, another replica may act");
          }
        };
    return new LeaderCallbacks(() -> {}, stopped, leader -> {});
  }

  /** Whether the caches are filled and events are being worked on. */
  public boolean ready() {
    return operator.getRuntimeInfo().isStarted();
  }

  /** Whether votes were a proof when last looked, at most a minute ago. */
  public boolean admissionProtected() {
    return admission.isProtected();
  }

  /** How many requests wait for people to vote. */
  public long waitingForApproval() {
    return count(status -> status.state() == State.AWAITING_APPROVAL);
  }

  /** How many emergencies were not reviewed yet. */
  public long emergenciesOpen() {
    return count(
        status ->
            status.finishedAt() == null
                && status.breakGlass() != null
                && status.breakGlass().reviewedAt() == null);
  }

  private long count(Predicate<ProcessStatus> which) {
    return requests
        .get()
        .map(FirewallChangeRequest::getStatus)
        .filter(status -> status != null && which.test(status))
        .count();
  }

  @Override
  public void close() {
    stopping.set(true);
    admission.close();
    operator.stop();
  }

  /** Makes the objects of one installation. */
  private static final class Wiring {
    private final KubernetesClient client;
    private final Operator operator;
    private final Clock clock;
    private final Set<String> namespaces;
    private final KubernetesSystems.Factory systems;
    private final ConnectionChecks checks = new ConnectionChecks();
    private final Canary canary;
    private final Announcer announcer;
    private final StatusWriter<FirewallChangeRequest> writer;
    private final AtomicReference<Supplier<Stream<FirewallChangeRequest>>> cache =
        new AtomicReference<>(Stream::empty);
    private final Wakes wakes = new Wakes(() -> cache.get().get());
    private final Targets targets = new Targets(() -> cache.get().get());

    private Wiring(
        KubernetesClient client,
        Map<ConnectionSpec.Type, ConnectorFactory> vendors,
        Settings settings,
        Operator operator) {
      this.client = client;
      this.operator = operator;
      this.clock = settings.clock();
      this.namespaces =
          settings.namespaces().isEmpty()
              ? Constants.WATCH_ALL_NAMESPACE_SET
              : settings.namespaces();
      this.systems = new KubernetesSystems.Factory(client, vendors);
      this.writer = new StatusWriter<>(client, FirewallChangeRequest.class);
      this.canary = new Canary(client, Identity.of(client));
      this.announcer = new Announcer(client, clock);
    }

    private void register() {
      KubernetesSurroundings around =
          new KubernetesSurroundings(
              client,
              systems,
              canary,
              new GateHolders(client, clock),
              targets,
              () -> cache.get().get(),
              Preflight.clusterId(client));
      FirewallChangeReconciler changes =
          new FirewallChangeReconciler(
              new ProcessEngine<>(new FirewallChange(around)),
              writer,
              announcer,
              checks,
              wakes,
              targets,
              new ProcessReconciler.Keepers(canary, new EvidenceStore(client), new Anchor(client)),
              clock);
      RegisteredController<FirewallChangeRequest> registered =
          operator.register(changes, this::processes);
      cache.set(() -> all(registered));
      operator.register(
          new ConnectionReconciler(client, systems, checks, clock),
          (ControllerConfigurationOverrider<Connection> c) ->
              c.withName("connections").settingNamespaces(namespaces));
      operator.register(
          new ApprovalPolicyReconciler(client, clock),
          (ControllerConfigurationOverrider<ApprovalPolicy> c) ->
              c.withName("approvalpolicies").settingNamespaces(namespaces));
      operator.register(
          new ChangeWindowReconciler(client, clock),
          (ControllerConfigurationOverrider<ChangeWindow> c) ->
              c.withName("changewindows").settingNamespaces(namespaces));
    }

    /** Every request that waits for votes has to say so, or to be planned anew. */
    private void protectionChanged(Protection now) {
      announcer.protection(now);
      wakes.wake(FirewallChangeReconciler::concernedByAdmission);
    }

    private void processes(ControllerConfigurationOverrider<FirewallChangeRequest> config) {
      config
          .withName("firewallchanges")
          .settingNamespaces(namespaces)
          .withFinalizer(Annotations.FINALIZER)
          // The framework's own filter would drop votes: they do not change the generation.
          .withGenerationAware(false)
          .withOnUpdateFilter(
              (now, before) -> {
                writer.caughtUp(now);
                return Requests.worthAPass(now, before);
              })
          .withRetry(
              new GenericRetry()
                  .withoutMaxAttempts()
                  .setInitialInterval(1_000)
                  .setIntervalMultiplier(2)
                  .setMaxInterval(60_000))
          .withReconciliationMaxInterval(NET);
    }

    private Stream<FirewallChangeRequest> all(
        RegisteredController<FirewallChangeRequest> registered) {
      return ((io.javaoperatorsdk.operator.processing.Controller<FirewallChangeRequest>) registered)
          .getEventSourceManager()
          .getControllerEventSource()
          .list()
          .map(writer::newest);
    }
  }
}
