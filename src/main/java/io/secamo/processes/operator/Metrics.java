package io.secamo.processes.operator;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.secamo.processes.connector.metered.Calls;
import io.secamo.processes.kubernetes.Controllers;
import io.secamo.processes.kubernetes.health.Transitions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What monitoring reads, in the Prometheus text format. Nothing in it names a single request. */
final class Metrics implements Calls, Transitions {
  /** The system answered, whatever it said. */
  private static final Set<String> ANSWERED = Set.of("ok", "refused", "throttled");

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter transitions =
      Counter.builder()
          .name("processes_transitions")
          .help("Changes of state.")
          .labelNames("process", "from", "to")
          .register(registry);
  private final Histogram states =
      Histogram.builder()
          .name("processes_state_duration_seconds")
          .help("Time spent in a state that was left, as far as this replica saw it begin.")
          .labelNames("process", "state")
          .classicOnly()
          .classicUpperBounds(1, 10, 60, 600, 3_600, 14_400, 86_400, 604_800)
          .register(registry);
  private final Histogram calls =
      Histogram.builder()
          .name("processes_connector_request_duration_seconds")
          .help("Calls to outside systems.")
          .labelNames("connector", "op", "outcome")
          .classicOnly()
          .classicUpperBounds(0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
          .register(registry);
  private final Gauge up =
      Gauge.builder()
          .name("processes_connector_up")
          .help("1 if the last call to a system of this kind was answered, else 0.")
          .labelNames("connector")
          .register(registry);

  /** Adds what the controllers can tell at any moment. */
  void watch(Controllers controllers) {
    gauge(
        "processes_admission_protected",
        "1 while the admission policies that make votes a proof are in force as shipped, else 0.",
        () -> controllers.admissionProtected() ? 1 : 0);
    gauge(
        "processes_admission_rewriters",
        "Mutating webhooks and policies, other than ours, that may rewrite requests.",
        controllers::admissionRewriters);
    GaugeWithCallback unused =
        GaugeWithCallback.builder()
            .name("processes_waiting_approval")
            .help("Requests that wait for people to vote.")
            .labelNames("process")
            .callback(
                callback ->
                    controllers
                        .waitingForApproval()
                        .forEach((kind, many) -> callback.call(many, kind.value())))
            .register(registry);
    gauge(
        "processes_break_glass_open",
        "Emergencies that went ahead without approval and were not reviewed yet.",
        controllers::emergenciesOpen);
    watchOverdue(controllers::removalOverdueSeconds);
  }

  /**
   * Adds since how long removals are overdue.
   *
   * @param seconds by namespace
   */
  void watchOverdue(Supplier<Map<String, Long>> seconds) {
    GaugeWithCallback unused =
        GaugeWithCallback.builder()
            .name("processes_removal_overdue_seconds")
            .help(
                "How long ago the oldest temporary access of a namespace that is or may be live"
                    + " should have been removed; only where there is such.")
            .labelNames("namespace")
            .callback(callback -> seconds.get().forEach((n, s) -> callback.call(s, n)))
            .register(registry);
  }

  private interface Reading {
    double value();
  }

  private void gauge(String name, String help, Reading reading) {
    GaugeWithCallback unused =
        GaugeWithCallback.builder()
            .name(name)
            .help(help)
            .callback(callback -> callback.call(reading.value()))
            .register(registry);
  }

  @Override
  public void ended(String connector, String operation, String outcome, Duration took) {
    calls.labelValues(connector, operation, outcome).observe(took.toNanos() / 1e9);
    up.labelValues(connector).set(ANSWERED.contains(outcome) ? 1 : 0);
  }

  @Override
  public void moved(String process, String from, String to, Optional<Duration> spent) {
    transitions.labelValues(process, from, to).inc();
    spent.ifPresent(time -> states.labelValues(process, from).observe(time.toMillis() / 1e3));
  }

  /** Everything, as it is now. */
  byte[] scrape() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(out, registry.scrape());
    return out.toByteArray();
  }
}
