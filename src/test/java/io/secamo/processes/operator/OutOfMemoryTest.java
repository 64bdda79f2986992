package io.secamo.processes.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.systems.OwnJava;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * An operator without memory neither worked nor ended, so that nobody started it again, and what
 * had to be removed stayed open for everybody.
 */
class OutOfMemoryTest {
  /** The fault is still there after so long; without it this takes some seconds. */
  private static final int SECONDS = 60;

  private static final String HEAP = "-Xmx32m";

  @Test
  void itEndsAlsoWhereALibraryCatchesTheError() throws Exception {
    List<String> options = new ArrayList<>(installed());
    options.replaceAll(option -> option.startsWith("-Xmx") ? HEAP : option);
    assertThat(OwnJava.said(options, Caught.class))
        .contains("Terminating due to java.lang.OutOfMemoryError")
        .doesNotContain("still there");
  }

  @Test
  void soDoesTheOneOfTheDemonstration() throws IOException {
    assertThat(Files.readString(Path.of("demo"))).contains(" -XX:+ExitOnOutOfMemoryError ");
  }

  /** On whichever Java it runs, with whichever options. */
  @Test
  void itEndsAlsoIfThereIsNoMemoryToSayWhy() throws Exception {
    assertThat(OwnJava.said(List.of(HEAP, "-XX:+UseSerialGC"), Full.class))
        .contains("began")
        .doesNotContain("still there");
  }

  private static List<String> installed() throws IOException {
    String deployment = Files.readString(Path.of("manifests/operator/deployment.yaml"));
    Matcher options = Pattern.compile("JDK_JAVA_OPTIONS, value: \"([^\"]+)\"").matcher(deployment);
    assertThat(options.find()).isTrue();
    return List.of(options.group(1).split(" "));
  }

  private static void waitForTheEnd() throws InterruptedException {
    TimeUnit.SECONDS.sleep(SECONDS);
    System.out.println("still there");
    Runtime.getRuntime().halt(0);
  }

  /** Fills the heap, and thinks nothing of it. */
  static final class Caught {
    public static void main(String[] arguments) throws InterruptedException {
      try {
        List<byte[]> kept = new ArrayList<>();
        while (true) {
          kept.add(new byte[1_000_000]);
        }
      } catch (OutOfMemoryError overlooked) {
        waitForTheEnd();
      }
    }
  }

  /** A thread dies of it, and the heap stays full to the last byte. */
  static final class Full {
    private static Object[] kept = {};

    public static void main(String[] arguments) throws Exception {
      // As of an operator that runs.
      Class.forName(Main.class.getName());
      Runtime.getRuntime().addShutdownHook(new Thread());
      Thread.setDefaultUncaughtExceptionHandler(Main::lostThread);
      System.out.println("began");
      Thread.ofPlatform().start(Full::fill);
      waitForTheEnd();
    }

    private static void fill() {
      for (int size = 1_000_000; ; size = Math.max(1, size / 2)) {
        try {
          fill(size);
        } catch (OutOfMemoryError full) {
          if (size == 1) {
            throw full;
          }
        }
      }
    }

    private static void fill(int size) {
      while (true) {
        Object[] next = new Object[size];
        next[0] = kept;
        kept = next;
      }
    }
  }
}
