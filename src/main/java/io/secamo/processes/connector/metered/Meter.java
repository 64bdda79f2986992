package io.secamo.processes.connector.metered;

import io.secamo.processes.connector.ConnectorFailure;
import java.time.Duration;
import java.util.function.Supplier;

/** Measures calls to one kind of system. */
record Meter(String connector, Calls calls) {
  <T> T measure(String operation, Supplier<T> call) {
    long began = System.nanoTime();
    String outcome = "defect";
    try {
      T result = call.get();
      outcome = "ok";
      return result;
    } catch (ConnectorFailure failure) {
      outcome = word(failure);
      throw failure;
    } finally {
      calls.ended(connector, operation, outcome, Duration.ofNanos(System.nanoTime() - began));
    }
  }

  void measure(String operation, Runnable call) {
    Object unused =
        measure(
            operation,
            () -> {
              call.run();
              return true;
            });
  }

  private static String word(ConnectorFailure failure) {
    return switch (failure) {
      case ConnectorFailure.Transient t -> "transient";
      case ConnectorFailure.Throttled t -> "throttled";
      case ConnectorFailure.Refused r -> "refused";
      case ConnectorFailure.Unauthorized u -> "unauthorized";
      case ConnectorFailure.Unknown u -> "unknown";
    };
  }
}
