package io.secamo.processes.fault;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.secamo.processes.api.orchestrator.ConnectionSpec;
import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.ConnectionSettings;
import io.secamo.processes.connector.Connector;
import io.secamo.processes.connector.ConnectorFactory;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.TicketSystem;
import io.secamo.processes.connector.http.Limits;
import io.secamo.processes.connector.openstack.OpenStackFactory;
import io.secamo.processes.connector.requesttracker.RequestTrackerFactory;
import io.secamo.processes.controlplane.ControlPlane;
import io.secamo.processes.fault.Fault.Channel;
import io.secamo.processes.fault.Fault.Kind;
import io.secamo.processes.firewall.Rule;
import io.secamo.processes.kubernetes.Controllers;
import io.secamo.processes.kubernetes.Settings;
import io.secamo.processes.kubernetes.health.ServerClock;
import io.secamo.processes.kubernetes.health.Transitions;
import io.secamo.processes.operator.Kinds;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One life of the operator: the real one, wired as its program wires it, but every connection leads
 * through fronts. Killing it cuts them at once: from outside that is what kill -9 looks like.
 */
final class Incarnation implements Front.Life {
  private static final Logger LOG = LoggerFactory.getLogger(Incarnation.class);
  private static final Limits SHORT =
      new Limits(Duration.ofSeconds(1), Duration.ofSeconds(5), 1 << 20);

  private final Run run;
  private final AtomicBoolean over = new AtomicBoolean();
  private final ApiFront api;
  private final OutsideFront outside;
  private volatile AutoCloseable closing = () -> {};

  Incarnation(Run run) throws IOException {
    this.run = run;
    api = new ApiFront(this, run);
    outside = new OutsideFront(this, 0, run.trouble(), run.outside());
    api.open();
    outside.open();
  }

  /** Starts working; throws if it could not start, as the program would end with 1. */
  void live() {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(api.address())
            .withOauthToken(run.server().token("operator"))
            .withUserAgent("process-orchestrator/test")
            .build();
    ServerClock clock = new ServerClock(run.mishaps().clock());
    KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(config)
            .withKubernetesSerialization(ControlPlane.JSON)
            .withHttpClientBuilderConsumer(
                http -> http.addOrReplaceInterceptor("server-clock", clock))
            .build();
    closing = client;
    Controllers controllers =
        Controllers.start(
            client,
            Kinds.shipped(),
            Map.of(
                ConnectionSpec.Type.REQUEST_TRACKER,
                through(new RequestTrackerFactory(clock, SHORT)),
                ConnectionSpec.Type.OPEN_STACK,
                through(new OpenStackFactory(clock, SHORT))),
            new Settings(
                clock, "", this::mustEnd, Set.of(run.slot().namespace()), Transitions.UNHEARD));
    closing =
        () -> {
          try {
            controllers.close();
          } finally {
            client.close();
          }
        };
    if (over()) {
      // It was killed while it started, when there was only the client to be closed.
      clearAway();
    }
  }

  private void mustEnd(String why) {
    if (!over()) {
      LOG.warn("{} ends: {}", run.slot().namespace(), why);
      end();
    }
  }

  /** The same Connection, led through our front. */
  private ConnectorFactory through(ConnectorFactory vendor) {
    return settings -> {
      ConnectionSpec spec = settings.spec();
      String path = String.valueOf(spec.endpoint()).replaceAll("^http://127.0.0.1:1", "");
      Connector connector =
          vendor.connect(
              new ConnectionSettings(
                  settings.namespace(),
                  settings.name(),
                  new ConnectionSpec(
                      spec.type(),
                      outside.address() + path,
                      spec.secretRef(),
                      spec.requestTracker(),
                      spec.openStack(),
                      spec.sandbox(),
                      spec.limits(),
                      null),
                  settings.credentials()));
      return new SameAddress(connector);
    };
  }

  /** Hides that each life has fronts of its own: people and plans see one cloud. */
  private record SameAddress(Connector real) implements Connector, FirewallProvider {
    @Override
    public Optional<TicketSystem> tickets() {
      return real.tickets();
    }

    @Override
    public Optional<FirewallProvider> firewall() {
      return real.firewall().map(f -> this);
    }

    @Override
    public Account check() {
      return hidden(real.check());
    }

    @Override
    public Account account() {
      return hidden(wall().account());
    }

    private static Account hidden(Account account) {
      return new Account(hidden(account.description()), hidden(account.id()));
    }

    private static String hidden(String text) {
      return text.replaceAll("127.0.0.1:\\d+", "cloud");
    }

    @Override
    public Group observe(String group) {
      return wall().observe(group);
    }

    @Override
    public Optional<Group> group(String id) {
      return wall().group(id);
    }

    @Override
    public Duration settleWindow() {
      return wall().settleWindow();
    }

    @Override
    public Optional<Found> find(String rule) {
      return wall().find(rule);
    }

    @Override
    public LiveRule add(String group, Rule rule, String marker) {
      return wall().add(group, rule, marker);
    }

    @Override
    public void remove(String rule) {
      wall().remove(rule);
    }

    private FirewallProvider wall() {
      return real.firewall().orElseThrow();
    }
  }

  @Override
  public boolean over() {
    return over.get();
  }

  @Override
  public void end() {
    away(Duration.ZERO);
  }

  @Override
  public void away(Duration time) {
    if (over.compareAndSet(false, true)) {
      Thread.ofVirtual().start(this::clearAway);
      run.died(time);
    }
  }

  @Override
  public void around(Kind kind, Channel channel) {
    if (!run.mishaps().happen(kind, channel)) {
      run.trouble().prevented(kind);
    }
  }

  @Override
  public void overtake() {
    run.another();
  }

  /** Ends it without the run noticing. */
  void stop() {
    if (over.compareAndSet(false, true)) {
      clearAway();
    }
  }

  private void clearAway() {
    api.close();
    outside.close();
    try {
      closing.close();
    } catch (Exception dead) {
      // It cannot reach anything any more, that is the point.
      return;
    }
  }
}
