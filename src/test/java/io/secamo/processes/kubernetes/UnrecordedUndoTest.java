package io.secamo.processes.kubernetes;

import io.secamo.processes.systems.Patience;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class UnrecordedUndoTest {

  /** Only this thread knows of it: the request is gone, and a restart would not meet it again. */
  @Test
  void aDefectDoesNotEndWhatGoesOnUntilItIsDone() {
    AtomicInteger attempts = new AtomicInteger();

    UnrecordedUndo.untilDone(
        "team-a/open-https",
        () -> {
          if (attempts.incrementAndGet() == 1) {
            throw new IllegalStateException("not expected");
          }
          return true;
        });

    Awaitility.await().atMost(Patience.LIMIT).until(() -> attempts.get() == 2);
  }
}
