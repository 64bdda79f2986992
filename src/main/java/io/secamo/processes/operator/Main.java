package io.secamo.processes.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.secamo.processes.api.orchestrator.ConnectionSpec;
import io.secamo.processes.connector.ConnectorFactory;
import io.secamo.processes.connector.http.RestrictedHeaders;
import io.secamo.processes.connector.metered.MeteredFactory;
import io.secamo.processes.connector.openstack.OpenStackFactory;
import io.secamo.processes.connector.requesttracker.RequestTrackerFactory;
import io.secamo.processes.connector.sandbox.SandboxFactory;
import io.secamo.processes.kubernetes.Controllers;
import io.secamo.processes.kubernetes.Settings;
import io.secamo.processes.kubernetes.access.ChosenCluster;
import io.secamo.processes.kubernetes.access.UnknownCluster;
import io.secamo.processes.kubernetes.health.CannotStart;
import io.secamo.processes.kubernetes.health.ServerClock;
import io.secamo.processes.kubernetes.queue.Carriers;
import io.secamo.processes.kubernetes.sandbox.ConfigMapStore;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator as a program. It reads its configuration from the environment, runs until it is
 * asked to stop. It leaves with a sentence when it cannot start: with 2 if it is set up wrongly.
 */
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
  private static final int SET_UP_WRONGLY = 2;
  private static final long STOP_WITHIN_MS = 25_000;
  private static final AtomicBoolean STOPPING = new AtomicBoolean();

  /** Looked up before there is no memory for that. */
  private static final Runtime JAVA = Runtime.getRuntime();

  static final String HELP =
      """
      Process Orchestrator: runs procedures that are declared as Kubernetes resources.

      Usage: java -jar process-orchestrator.jar [--help | --version]

      Environment:
        KUBECONFIG       kubeconfig file of the cluster to work on; default: the cluster this
                         runs in
        NAMESPACES       namespaces to work in, with commas between; default: all
        LEADER_ELECTION  namespace of the lease that lets one of several replicas act;
                         default: no election; then only one may run
        HEALTH_PORT      port for /livez, /readyz and /metrics; default: 8080
        HEALTH_ADDRESS   address to listen on; default: 127.0.0.1

      Exit codes: 1 it could not start or had to end, 2 it is set up wrongly.
      """;

  private Main() {}

  /** Runs the operator. */
  public static void main(String[] args) {
    // Both are read once by Java: when its HTTP client is loaded, and with the first virtual
    // thread.
    RestrictedHeaders.allowConnection();
    Carriers.asManyAsTurns();
    if (args.length > 0) {
      int status = answer(args[0]);
      System.exit(status);
    }
    try {
      run(System.getenv());
    } catch (UnknownCluster | Environment.Wrong e) {
      LOG.error("the operator could not start: {}", e.getMessage());
      System.exit(SET_UP_WRONGLY);
    } catch (CannotStart e) {
      LOG.error("the operator could not start: {}", e.getMessage());
      System.exit(e.setUpWrongly() ? SET_UP_WRONGLY : 1);
    } catch (RuntimeException | IOException e) {
      LOG.error("the operator could not start: {}", e.getMessage(), e);
      System.exit(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int answer(String option) {
    switch (option) {
      case "--help" -> System.out.print(HELP);
      case "--version" -> System.out.println(version());
      default -> {
        System.err.println("unknown option " + option + "; --help tells what there is");
        return SET_UP_WRONGLY;
      }
    }
    return 0;
  }

  private static String version() {
    return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  private static void run(Map<String, String> environment)
      throws IOException, InterruptedException {
    ChosenCluster chosen = WhichCluster.of(environment);
    chosen.config().setUserAgent("process-orchestrator/" + version());
    CountDownLatch stop = new CountDownLatch(1);
    ServerClock clock = new ServerClock(Clock.systemUTC());
    Metrics metrics = new Metrics();
    Settings settings = settings(environment, clock, metrics);
    try (Health health = Health.listen(environment);
        KubernetesClient client =
            chosen.client(http -> http.addOrReplaceInterceptor("server-clock", clock))) {
      Controllers controllers =
          Controllers.start(client, Kinds.shipped(), vendors(client, clock, metrics), settings);
      metrics.watch(controllers);
      health.watch(controllers::alive, controllers::ready, metrics::scrape);
      Thread.setDefaultUncaughtExceptionHandler(Main::lostThread);
      LOG.info(
          "running, version {}, cluster {}, metrics at {}",
          version(),
          chosen.config().getMasterUrl(),
          health.page("/metrics"));
      JAVA.addShutdownHook(new Thread(() -> stopped(controllers, stop)));
      stop.await();
    }
  }

  /**
   * Ends in order, but within the time that Kubernetes gives a pod: effects survive a cut anyway.
   */
  private static void stopped(Controllers controllers, CountDownLatch stop) {
    STOPPING.set(true);
    Thread closing = new Thread(controllers::close);
    closing.setDaemon(true);
    closing.start();
    try {
      closing.join(STOP_WITHIN_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stop.countDown();
  }

  /** Ends at once, without finishing anything: whoever runs us starts us again. */
  private static void mustEnd(String why) {
    try {
      LOG.error("ending: {}", why);
    } finally {
      JAVA.halt(1);
    }
  }

  /** A dead thread may have been the one that wakes requests; only a fresh start has them all. */
  static void lostThread(Thread thread, Throwable why) {
    try {
      LOG.error("thread {} died", thread.getName(), why);
    } finally {
      // Also if there is no memory left to say so, when not even a text can be made: an operator
      // that did not end here neither worked nor was started again.
      if (!STOPPING.get()) {
        JAVA.halt(1);
      }
    }
  }

  private static Settings settings(Map<String, String> environment, Clock clock, Metrics metrics) {
    return new Settings(
        clock,
        Environment.leaderElection(environment),
        Main::mustEnd,
        Environment.namespaces(environment),
        metrics);
  }

  private static Map<ConnectionSpec.Type, ConnectorFactory> vendors(
      KubernetesClient client, Clock clock, Metrics metrics) {
    return Map.of(
        ConnectionSpec.Type.SANDBOX,
        new MeteredFactory(
            new SandboxFactory(namespace -> new ConfigMapStore(client, namespace)), metrics),
        ConnectionSpec.Type.REQUEST_TRACKER,
        new MeteredFactory(new RequestTrackerFactory(clock), metrics),
        ConnectionSpec.Type.OPEN_STACK,
        new MeteredFactory(new OpenStackFactory(clock), metrics));
  }
}
