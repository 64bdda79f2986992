package io.secamo.processes.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How long a process waits after failures. */
class TimingTest {
  @Test
  void anOutsideSystemThatFailsIsAskedLessAndLessOften() {
    for (int attempt = 1; attempt <= 20; attempt++) {
      Duration wait = Timing.backoff(attempt, "uid-1");
      double nominal = Math.min(300, 2 * Math.pow(2, Math.min(attempt, 10)));
      assertThat((double) wait.toSeconds()).isBetween(nominal * 0.75, nominal * 1.25);
    }
  }

  @Test
  void manyProcessesDoNotComeBackInTheSameSecond() {
    assertThat(
            IntStream.range(0, 200)
                .mapToObj(i -> Timing.backoff(6, "uid-" + i))
                .collect(Collectors.toSet()))
        .hasSizeGreaterThan(30);
    assertThat(Timing.backoff(6, "uid-1")).isEqualTo(Timing.backoff(6, "uid-1"));
  }
}
