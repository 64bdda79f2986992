package io.secamo.processes.kubernetes.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When a restart helps, and when it would only do harm. */
class WatchdogTest {
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicLong version = new AtomicLong(100);
  private final AtomicLong seen = new AtomicLong();
  private final List<String> ends = new ArrayList<>();
  private final Progress progress = new Progress(nanos::get);
  private final Watchdog watchdog = new Watchdog(this::version, seen::get, progress, ends::add);

  private long version() {
    if (version.get() < 0) {
      throw new IllegalStateException("no answer");
    }
    return version.get();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void aBackupThatWasPutInPlaceMeansToBeginAnew() {
    watchdog.look();
    version.set(101);
    watchdog.look();
    assertThat(ends).isEmpty();
    version.set(60);
    watchdog.look();
    assertThat(ends).hasSize(1).first().asString().contains("from version 101 to 60");
  }

  /** Between two looks much may have happened that the backup does not hold. */
  @Test
  void aBackupIsNoticedByWhatEventsHaveShownSinceTheLastLook() {
    watchdog.look();
    seen.set(180);
    version.set(150);
    watchdog.look();
    assertThat(ends).hasSize(1).first().asString().contains("from version 180 to 150");
  }

  @Test
  void anApiServerThatDoesNotAnswerIsNoReasonToRestart() {
    watchdog.look();
    version.set(-1);
    for (int i = 0; i < 100; i++) {
      pass(Duration.ofSeconds(15));
      watchdog.look();
    }
    assertThat(ends).isEmpty();
    assertThat(progress.alive()).isTrue();
  }

  @Test
  void aLoopThatStandsStillIsNotAlive() {
    pass(Duration.ofMinutes(6));
    assertThat(progress.alive()).isFalse();
    watchdog.look();
    assertThat(progress.alive()).isTrue();
  }

  @Test
  void aPassThatNeverEndsIsNotAlive() {
    long stuck = progress.begin();
    for (int i = 0; i < 61; i++) {
      assertThat(progress.alive()).isTrue();
      pass(Duration.ofSeconds(15));
      watchdog.look();
    }
    assertThat(progress.alive()).isFalse();
    progress.end(stuck);
    assertThat(progress.alive()).isTrue();
  }
}
