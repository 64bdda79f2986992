package io.secamo.processes.mutant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which test classes look for a mutant, found by their simple names wherever they live. */
final class Suites {
  private static final Path TESTS = Path.of("target/test-classes");

  /** Packages whose tests need real systems, or are about something else than the operator. */
  private static final Set<String> APART =
      Set.of("api", "attack", "cli", "controlplane", "docs", "fault", "mutant", "story");

  /** Packages whose tests tell what people would see, in a second each: they find the most. */
  private static final Set<String> TELLING = Set.of("engine", "process");

  /** Those that take longest for the little that they would find. */
  static final List<String> SLOW =
      List.of("ArchitectureTest", "CalendarTest", "CertificatesTest", "ExposureTest", "HeapTest");

  /** Those that take some seconds come after those that take none. */
  static final List<String> LAST =
      List.of(
          "ChangePlanTest",
          "LostUpdatesTest",
          "ThrottleTest",
          "StatusWriterTest",
          "HttpEndpointTest",
          "SocketsTest",
          "ConfigMapStoreTest");

  /** Those that need real systems, the quick ones first. */
  static final List<String> WITH_REAL_SYSTEMS =
      List.of(
          "StaleReadTest",
          "StatusLockTest",
          "RequestTrackerTest",
          "DeletionsTest",
          "GoneAtItsTimeTest",
          "FaultsTest");

  private Suites() {}

  /**
   * All quick tests that need nothing but memory: of most mutants they find one in seconds. First
   * those of what is broken, then those of its package, then those that find the most.
   *
   * @param broken names of the classes that are
   */
  static List<String> inMemory(Set<String> broken) throws IOException {
    Set<String> packages = broken.stream().map(Suites::within).collect(Collectors.toSet());
    Set<String> areas = broken.stream().map(Suites::area).collect(Collectors.toSet());
    return all().stream()
        .filter(test -> !APART.contains(area(test)) || areas.contains(area(test)))
        .filter(test -> !SLOW.contains(simple(test)))
        .filter(test -> !WITH_REAL_SYSTEMS.contains(simple(test)))
        .sorted(
            Comparator.comparing((String test) -> !broken.contains(test.replaceFirst("Test$", "")))
                .thenComparing(test -> !packages.contains(within(test)))
                .thenComparing(test -> !TELLING.contains(area(test)))
                .thenComparingInt(test -> LAST.indexOf(simple(test))))
        .toList();
  }

  private static String within(String name) {
    return name.substring(0, name.lastIndexOf('.'));
  }

  /** The test class of a simple name. */
  static String named(String simpleName) throws IOException {
    return all().stream()
        .filter(test -> simple(test).equals(simpleName))
        .findFirst()
        .orElseThrow(() -> new OutOfDate("there is no test " + simpleName + ": see Suites.java"));
  }

  private static List<String> all() throws IOException {
    try (Stream<Path> files = Files.walk(TESTS)) {
      return files
          .filter(file -> file.toString().endsWith("Test.class"))
          .map(file -> TESTS.relativize(file).toString())
          .map(file -> file.replaceFirst("\\.class$", "").replaceAll("[/\\\\]", "."))
          .sorted()
          .toList();
    }
  }

  /** The package right below that of the project. */
  private static String area(String test) {
    String[] names = test.split("\\.");
    return names.length > 4 ? names[3] : "";
  }

  private static String simple(String test) {
    return test.substring(test.lastIndexOf('.') + 1);
  }
}
