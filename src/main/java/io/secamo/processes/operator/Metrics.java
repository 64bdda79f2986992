package io.secamo.processes.operator;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.secamo.processes.kubernetes.Controllers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** What monitoring reads, in the Prometheus text format. Nothing in it names a single request. */
final class Metrics {
  private final PrometheusRegistry registry = new PrometheusRegistry();

  /** Watches the controllers. */
  Metrics(Controllers controllers) {
    gauge(
        "processes_admission_protected",
        "1 while the admission policies that make votes a proof are in force as shipped, else 0.",
        () -> controllers.admissionProtected() ? 1 : 0);
    gauge(
        "processes_waiting_approval",
        "Requests that wait for people to vote.",
        controllers::waitingForApproval);
    gauge(
        "processes_break_glass_open",
        "Emergencies that went ahead without approval and were not reviewed yet.",
        controllers::emergenciesOpen);
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

  /** Everything, as it is now. */
  byte[] scrape() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(out, registry.scrape());
    return out.toByteArray();
  }
}
