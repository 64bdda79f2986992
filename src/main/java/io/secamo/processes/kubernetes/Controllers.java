package io.secamo.processes.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.processing.Controller;
import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.KindName;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import io.secamo.processes.api.orchestrator.ConnectionSpec;
import io.secamo.processes.api.request.ProcessRequest;
import io.secamo.processes.connector.ConnectorFactory;
import io.secamo.processes.kubernetes.admission.AdmissionWatch;
import io.secamo.processes.kubernetes.health.DataVersion;
import io.secamo.processes.kubernetes.health.Overdue;
import io.secamo.processes.kubernetes.health.Watchdog;
import io.secamo.processes.kubernetes.kind.RequestKinds;
import io.secamo.processes.kubernetes.lease.OwnLease;
import io.secamo.processes.kubernetes.queue.PassThreads;
import io.secamo.processes.kubernetes.reading.FewCopies;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts reconcilers, informers and schedules together and runs them. */
public final class Controllers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Controllers.class);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(20);

  private final Operator operator;
  private final AtomicBoolean stopping;
  private final AdmissionWatch admission;
  private final Watchdog watchdog;
  private final Wiring wiring;
  private final Runnable afterwards;

  private Controllers(
      Operator operator,
      AtomicBoolean stopping,
      AdmissionWatch admission,
      Watchdog watchdog,
      Wiring wiring,
      Runnable afterwards) {
    this.operator = operator;
    this.stopping = stopping;
    this.admission = admission;
    this.watchdog = watchdog;
    this.wiring = wiring;
    this.afterwards = afterwards;
  }

  /**
   * Starts the controllers and returns when their caches are filled.
   *
   * @param kinds the requests that are served
   * @param vendors the connectors
   */
  public static Controllers start(
      KubernetesClient client,
      RequestKinds kinds,
      Map<ConnectionSpec.Type, ConnectorFactory> vendors,
      Settings settings) {
    Preflight.check(client, kinds);
    Preflight.namespaces(client, settings);
    AtomicBoolean stopping = new AtomicBoolean();
    ExecutorService passes = PassThreads.open();
    OwnLease lease = new OwnLease(client, settings.leaderElection());
    Operator operator =
        new Operator(
            config -> {
              config
                  .withKubernetesClient(client)
                  .withCloseClientOnStop(false)
                  // One way of writing everywhere: merge patches locked by resourceVersion.
                  .withUseSSAToPatchPrimaryResource(false)
                  .withResourceCloner(
                      new FewCopies(client.getKubernetesSerialization(), Annotations.FINALIZER))
                  .withExecutorService(passes)
                  .withReconciliationTerminationTimeout(STOP_WITHIN)
                  .withInformerStoppedHandler((informer, why) -> blinded(settings, stopping, why));
              if (!settings.leaderElection().isEmpty()) {
                config.withLeaderElectionConfiguration(
                    lease.configuration(callbacks(settings, stopping)));
              }
            });
    Wiring wiring = new Wiring(client, kinds, vendors, settings, operator);
    AdmissionWatch admission = new AdmissionWatch(wiring.canary, wiring.rewriters, wiring);
    Watchdog watchdog =
        new Watchdog(
            new DataVersion(client, kinds.all().iterator().next().type()),
            wiring.newest::get,
            wiring.progress,
            settings.mustEnd());
    Runnable afterwards = () -> giveBack(settings, passes, lease);
    Controllers controllers =
        new Controllers(operator, stopping, admission, watchdog, wiring, afterwards);
    controllers.begin();
    return controllers;
  }

  /** What is half started would go on though its start was given up. */
  private void begin() {
    try {
      wiring.register();
      operator.start();
      admission.start();
      wiring.holderWatch.start();
      wiring.unlisted.start();
      watchdog.start();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Only if no pass goes on: two replicas would act at once. */
  private static void giveBack(Settings settings, ExecutorService passes, OwnLease lease) {
    if (!settings.leaderElection().isEmpty() && passes.isTerminated()) {
      lease.giveBack();
    }
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

  /** Whether work goes on; false means that only a restart helps. */
  public boolean alive() {
    return wiring.progress.alive();
  }

  /** Whether votes were a proof when last looked, at most a minute ago. */
  public boolean admissionProtected() {
    return admission.isProtected();
  }

  /** How many others may rewrite requests before they are validated. */
  public int admissionRewriters() {
    return admission.rewriters();
  }

  /** How many requests of each kind wait for people to vote; 0 is told as well. */
  public Map<KindName, Long> waitingForApproval() {
    Map<KindName, Long> waiting = new HashMap<>();
    wiring.kinds.all().forEach(kind -> waiting.put(kind.name(), 0L));
    those(status -> status.state() == State.AWAITING_APPROVAL)
        .forEach(request -> waiting.merge(new KindName(request.getKind()), 1L, Long::sum));
    return waiting;
  }

  /** How many emergencies were not reviewed yet. */
  public long emergenciesOpen() {
    return those(
            status ->
                status.finishedAt() == null
                    && status.breakGlass() != null
                    && status.breakGlass().reviewedAt() == null)
        .count();
  }

  /** Since how long the oldest removal is overdue, by namespace. */
  public Map<String, Long> removalOverdueSeconds() {
    return Overdue.seconds(wiring.requests(), wiring.clock.instant());
  }

  private Stream<ProcessRequest<?>> those(Predicate<ProcessStatus> which) {
    return wiring
        .requests()
        .filter(request -> request.getStatus() != null && which.test(request.getStatus()));
  }

  /** The framework leaves them running, timers included, when another one did not start. */
  private void stopThoseThatCameUp() {
    operator.getRegisteredControllers().stream()
        .filter(Controller.class::isInstance)
        .forEach(controller -> ((Controller<?>) controller).stop());
  }

  @Override
  public void close() {
    stopping.set(true);
    admission.close();
    wiring.holderWatch.close();
    wiring.unlisted.close();
    watchdog.close();
    boolean whole = ready();
    operator.stop();
    if (!whole) {
      stopThoseThatCameUp();
    }
    afterwards.run();
  }
}
