package io.secamo.processes.kubernetes.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.systems.Patience;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** In a Java of its own with two processors: how many carriers there are is decided once. */
class CarriersTest {
  @Test
  void passesThatWaitForAClassDoNotHoldUpTheOneThatTheyWaitFor() throws Exception {
    assertThat(onTwoProcessors(Passes.class)).isEqualTo("all went on");
  }

  @Test
  void anOperatorThatCouldStandStillDoesNotStart() throws Exception {
    assertThat(onTwoProcessors(TooLate.class))
        .isEqualTo(
            "2 carriers of virtual threads are not enough for 96 passes at a time: start Java with"
                + " -Djdk.virtualThreadScheduler.parallelism=96");
  }

  private static String onTwoProcessors(Class<?> program) throws IOException, InterruptedException {
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:ActiveProcessorCount=2",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName())
            .redirectErrorStream(true)
            .start();
    if (!java.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      java.destroyForcibly().waitFor();
      return "stands still";
    }
    return new String(java.getInputStream().readAllBytes()).strip();
  }

  /** Begins without a word about carriers. */
  static final class TooLate {
    public static void main(String[] arguments) {
      try {
        PassThreads.open().close();
      } catch (IllegalStateException refused) {
        System.out.println(refused.getMessage());
      }
    }
  }

  /** As many passes as can have a turn: all but one wait for a class, that one makes it ready. */
  static final class Passes {
    private static final CountDownLatch READY = new CountDownLatch(1);

    public static void main(String[] arguments) throws InterruptedException {
      Carriers.asManyAsTurns();
      List<Thread> passes = new ArrayList<>();
      for (int i = 1; i < Carriers.NEEDED; i++) {
        passes.add(Thread.ofVirtual().start(() -> assertThat(Slow.IS_THERE).isTrue()));
      }
      passes.add(Thread.ofVirtual().start(READY::countDown));
      for (Thread pass : passes) {
        pass.join();
      }
      System.out.println("all went on");
    }

    /** Takes until somebody else is through to be initialized. */
    static final class Slow {
      static final boolean IS_THERE = isThere();

      private Slow() {}

      private static boolean isThere() {
        try {
          READY.await();
          return true;
        } catch (InterruptedException stopped) {
          throw new IllegalStateException(stopped);
        }
      }
    }
  }
}
