package io.secamo.processes.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationService;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.ResolvedControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.orchestrator.ApprovalPolicy;
import io.secamo.processes.api.orchestrator.ChangeWindow;
import io.secamo.processes.api.orchestrator.Connection;
import io.secamo.processes.api.orchestrator.ConnectionSpec;
import io.secamo.processes.api.request.ProcessRequest;
import io.secamo.processes.api.request.RequestSpec;
import io.secamo.processes.approval.Protection;
import io.secamo.processes.connector.ConnectorFactory;
import io.secamo.processes.engine.ProcessEngine;
import io.secamo.processes.kubernetes.admission.AdmissionWatch;
import io.secamo.processes.kubernetes.admission.Canary;
import io.secamo.processes.kubernetes.admission.Identity;
import io.secamo.processes.kubernetes.admission.Rewriters;
import io.secamo.processes.kubernetes.approval.ApprovalPolicyReconciler;
import io.secamo.processes.kubernetes.approval.GateHolders;
import io.secamo.processes.kubernetes.approval.HolderWatch;
import io.secamo.processes.kubernetes.approval.KubernetesPolicies;
import io.secamo.processes.kubernetes.connection.ConnectionChecks;
import io.secamo.processes.kubernetes.connection.ConnectionReconciler;
import io.secamo.processes.kubernetes.connection.KubernetesSystems;
import io.secamo.processes.kubernetes.connection.Needs;
import io.secamo.processes.kubernetes.event.Announcer;
import io.secamo.processes.kubernetes.evidence.EvidenceStore;
import io.secamo.processes.kubernetes.gitops.Anchor;
import io.secamo.processes.kubernetes.health.CannotStart;
import io.secamo.processes.kubernetes.health.Progress;
import io.secamo.processes.kubernetes.health.Unlisted;
import io.secamo.processes.kubernetes.kind.RequestKind;
import io.secamo.processes.kubernetes.kind.RequestKinds;
import io.secamo.processes.kubernetes.queue.Targets;
import io.secamo.processes.kubernetes.queue.Turns;
import io.secamo.processes.kubernetes.queue.Wakes;
import io.secamo.processes.kubernetes.reading.LeanStore;
import io.secamo.processes.kubernetes.reading.Neighbours;
import io.secamo.processes.kubernetes.reading.Pages;
import io.secamo.processes.kubernetes.window.ChangeWindowReconciler;
import io.secamo.processes.process.Surroundings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Makes the objects of one installation. */
final class Wiring implements AdmissionWatch.Told {
  /** Ten thousand requests in one answer would fill the heap before they are lean. */
  private static final long PAGE = 50;

  /** Every process is looked at this often even if nothing happens: a net under lost events. */
  private static final Duration NET = Duration.ofMinutes(10);

  private final KubernetesClient client;
  private final Operator operator;
  final Clock clock;
  private final Set<String> namespaces;
  private final KubernetesSystems.Factory systems;
  final Progress progress = new Progress();

  /** The newest version of any request that an event has shown. */
  final LongAccumulator newest = new LongAccumulator(Math::max, 0);

  private final ConnectionChecks checks = new ConnectionChecks();
  final RequestKinds kinds;
  private final List<ServedKind<?, ?>> served;
  final Canary canary;
  final Rewriters rewriters;
  private final GateHolders holders;
  final HolderWatch holderWatch;
  private final List<String> unwatched;
  final Unlisted unlisted;
  private final Announcer announcer;
  private final Wakes wakes = new Wakes(this::requests);
  private final Targets targets = new Targets(this::requests);
  private final Dependents dependents = new Dependents(wakes, targets);

  Wiring(
      KubernetesClient client,
      RequestKinds kinds,
      Map<ConnectionSpec.Type, ConnectorFactory> vendors,
      Settings settings,
      Operator operator) {
    this.client = client;
    this.kinds = kinds;
    this.operator = operator;
    this.clock = settings.clock();
    this.namespaces =
        settings.namespaces().isEmpty() ? Constants.WATCH_ALL_NAMESPACE_SET : settings.namespaces();
    this.systems = new KubernetesSystems.Factory(client, vendors, needs(), checks);
    this.served =
        kinds.all().stream().<ServedKind<?, ?>>map(kind -> serving(client, kind)).toList();
    Identity identity = Identity.of(client);
    this.canary = new Canary(client, identity, kinds);
    this.rewriters = new Rewriters(client, identity);
    this.holders = new GateHolders(client, clock, dependents::ofHolders);
    this.holderWatch = new HolderWatch(holders, () -> Dependents.withoutHolders(requests()));
    this.announcer = new Announcer(client, clock, settings.transitions());
    this.unwatched = Preflight.unlisted(client);
    this.unlisted = new Unlisted(unwatched, () -> Preflight.unlisted(client), settings.mustEnd());
  }

  private static <R extends ProcessRequest<S>, S extends RequestSpec> ServedKind<R, S> serving(
      KubernetesClient client, RequestKind<R, S> kind) {
    return new ServedKind<>(client, kind);
  }

  /**
   * Registers all controllers.
   *
   * @throws CannotStart if the policies take somebody else for the operator
   */
  void register() {
    canary
        .another()
        .ifPresent(
            text -> {
              throw CannotStart.likeThis(text);
            });
    KubernetesSurroundings around =
        new KubernetesSurroundings(
            new KubernetesPolicies(client, kinds, canary, holders),
            new Neighbours(client, kinds, this::requests, Requests::of),
            systems,
            targets,
            Preflight.clusterId(client));
    ProcessReconciler.Collaborators collaborators =
        new ProcessReconciler.Collaborators(
            canary,
            new EvidenceStore(client),
            new Anchor(client),
            progress,
            new Turns(),
            dependents);
    served.forEach(kind -> serve(kind, around, collaborators));
    configuring(
        Connection.class,
        "connections",
        new ConnectionReconciler(client, systems, checks, dependents.ofConnections(), clock));
    configuring(
        ApprovalPolicy.class,
        "approvalpolicies",
        new ApprovalPolicyReconciler(client, dependents.ofPolicies(), kinds.names(), clock));
    configuring(
        ChangeWindow.class,
        "changewindows",
        new ChangeWindowReconciler(client, dependents.ofWindows(), clock));
  }

  private <R extends ProcessRequest<S>, S extends RequestSpec> void serve(
      ServedKind<R, S> requests,
      Surroundings around,
      ProcessReconciler.Collaborators collaborators) {
    RequestKind<R, S> kind = requests.kind();
    ProcessReconciler<R, S> reconciler =
        new ProcessReconciler<>(
            new ProcessEngine<>(() -> kind.procedure().apply(around)),
            requests.writer(),
            announcer,
            wakes.source(kind.name()),
            collaborators,
            clock);
    ControllerConfigurationOverrider<R> config =
        ControllerConfigurationOverrider.override(
            new OfKind<>(kind.type(), operator.getConfigurationService()));
    processes(requests, config);
    requests.seenBy(operator.register(reconciler, config.build()));
  }

  /** The framework looks for the kind in the class of a reconciler, and ours serves any kind. */
  private static final class OfKind<R extends HasMetadata>
      extends ResolvedControllerConfiguration<R> {
    OfKind(Class<R> kind, ConfigurationService framework) {
      super(kind, HasMetadata.getPlural(kind), ProcessReconciler.class, framework);
    }
  }

  /** The framework starts nothing, removals neither, while one of its kinds cannot be listed. */
  private <R extends HasMetadata> void configuring(
      Class<R> kind, String name, Reconciler<R> reconciler) {
    if (!unwatched.contains(kind.getSimpleName())) {
      operator.register(
          reconciler,
          (ControllerConfigurationOverrider<R> config) -> configuration(config.withName(name)));
    }
  }

  /** Every request that waits for votes has to say so, or to be planned anew. */
  @Override
  public void protection(Protection now) {
    announcer.protection(now);
    dependents.ofAdmission();
  }

  @Override
  public void changed(Protection now) {
    announcer.changed();
    dependents.ofAdmission();
  }

  @Override
  public void rewriters(List<String> now) {
    announcer.rewriters(now);
  }

  /** An API server may be away for longer than any number of attempts lasts. */
  private static GenericRetry untilItWorks() {
    return new GenericRetry()
        .withoutMaxAttempts()
        .setInitialInterval(1_000)
        .setIntervalMultiplier(2)
        .setMaxInterval(60_000);
  }

  private <R extends HasMetadata> void configuration(ControllerConfigurationOverrider<R> config) {
    config.settingNamespaces(namespaces).withRetry(untilItWorks()).withInformerListLimit(Pages.FEW);
    lean(config, LeanStore::bare);
  }

  private <R extends ProcessRequest<?>> void processes(
      ServedKind<R, ?> requests, ControllerConfigurationOverrider<R> config) {
    config
        .settingNamespaces(namespaces)
        .withFinalizer(Annotations.FINALIZER)
        // The framework's own filter would drop votes: they do not change the generation.
        .withGenerationAware(false)
        .withOnUpdateFilter(
            (now, before) -> {
              newest.accumulate(StatusWriter.version(now));
              requests.writer().caughtUp(now);
              return Requests.worthAPass(now, before);
            })
        .withRetry(untilItWorks())
        .withReconciliationMaxInterval(NET)
        .withInformerListLimit(PAGE);
    lean(config, Requests::lean);
  }

  /**
   * With several namespaces each has an informer, and one that begins anew would drop from a store
   * of all what it does not list: then what came in is made lean when it is told.
   */
  private <R extends HasMetadata> void lean(
      ControllerConfigurationOverrider<R> config, Consumer<ObjectMeta> lean) {
    if (namespaces.size() == 1) {
      config.withItemStore(new LeanStore<>(lean));
    } else {
      config.withGenericFilter(
          told -> {
            lean.accept(told.getMetadata());
            return true;
          });
    }
  }

  /** Known once all requests were seen. */
  private Needs needs() {
    return new Needs() {
      @Override
      public Optional<Set<String>> names(String namespace) {
        return complete()
            ? Optional.of(Dependents.needed(requests(), namespace))
            : Optional.empty();
      }

      @Override
      public Optional<Set<Use>> uses() {
        return complete() ? Optional.of(Dependents.uses(requests())) : Optional.empty();
      }
    };
  }

  private boolean complete() {
    return served.stream().allMatch(ServedKind::complete);
  }

  /** All requests of all kinds, each in the newest version that is known. */
  Stream<ProcessRequest<?>> requests() {
    return served.stream().<ProcessRequest<?>>flatMap(ServedKind::requests);
  }
}
