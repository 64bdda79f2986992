package io.secamo.processes.mutant;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Plays mutants against the tests: those that need memory only first, then the fault runs. Goes on
 * where it was interrupted. Called by dev/mutants.
 */
final class Mutants {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What is played first: the program as it is, which no test may find fault with. */
  private static final Mutant NONE = new Mutant("none", List.of());

  private final Path results;
  private final Path work;

  private Mutants(Path folder) throws IOException {
    this.results = folder.resolve("mutants.jsonl");
    this.work = Files.createDirectories(folder.resolve("mutant").toAbsolutePath());
  }

  /** Arguments: folder of results, and words that a name must contain to be played again. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Mutants mutants = new Mutants(Path.of(args[0]));
    List<Mutant> all = Mutant.all();
    boolean lives;
    if (args.length > 1) {
      List<Mutant> some = all.stream().filter(m -> m.name().contains(args[1])).toList();
      if (some.isEmpty()) {
        System.out.println("No mutant has '" + args[1] + "' in its name: see " + Mutant.LIST);
        System.exit(2);
      }
      mutants.provePlain(List.of());
      lives = mutants.play(some, some.size(), 0);
    } else {
      Set<String> done = mutants.done();
      if (!done.contains(NONE.name())) {
        mutants.provePlain(Suites.ON_CONTROL_PLANE);
        mutants.keep(NONE, "", 0);
      }
      List<Mutant> open = all.stream().filter(m -> !done.contains(m.name())).toList();
      lives = mutants.play(open, all.size(), all.size() - open.size());
    }
    System.exit(lives ? 1 : 0);
  }

  private Set<String> done() throws IOException {
    Set<String> done = new HashSet<>();
    if (Files.exists(results)) {
      for (String line : Files.readAllLines(results)) {
        done.add(JSON.readTree(line).path("mutant").asText());
      }
    }
    return done;
  }

  private void keep(Mutant mutant, String by, long seconds) throws IOException {
    ObjectNode line =
        JSON.createObjectNode()
            .put("mutant", mutant.name())
            .put("foundBy", by)
            .put("seconds", seconds);
    Files.writeString(results, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** If the tests fail anyway, that they fail says nothing about a mutant. */
  private void provePlain(List<String> suites) throws IOException, InterruptedException {
    System.out.println("The program as it is:");
    String by = timed(NONE, suites).by();
    if (!by.isEmpty()) {
      System.out.println("The tests fail without any mutant: mend that first, see " + work);
      System.exit(2);
    }
  }

  /** True if one of them lives. */
  private boolean play(List<Mutant> some, int of, int before)
      throws IOException, InterruptedException {
    boolean lives = false;
    int number = before;
    for (Mutant mutant : some) {
      System.out.printf(Locale.ROOT, "%d of %d  %s%n", ++number, of, mutant.name());
      Played played = timed(mutant, Suites.ON_CONTROL_PLANE);
      keep(mutant, played.by(), played.seconds());
      lives |= played.by().isEmpty();
    }
    return lives;
  }

  private record Played(String by, long seconds) {}

  private Played timed(Mutant mutant, List<String> suites)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    String by = foundBy(mutant, suites);
    long seconds = (System.nanoTime() - began) / 1_000_000_000;
    System.out.printf(
        Locale.ROOT, "    %s, %d s%n", by.isEmpty() ? "NOT FOUND" : "found by " + by, seconds);
    return new Played(by, seconds);
  }

  private String foundBy(Mutant mutant, List<String> suites)
      throws IOException, InterruptedException {
    Player player = new Player(emptied(work.resolve(mutant.name().replaceAll("[^a-z0-9]+", "-"))));
    Files.createDirectories(player.classes());
    mutant.writeTo(player.classes());
    String by = player.foundInMemory();
    for (String suite : suites) {
      if (by.isEmpty()) {
        System.out.println("    not by what needs memory only: now " + suite);
        by = player.foundBy(suite);
      }
    }
    return by;
  }

  /** A class that an earlier form of the mutant has broken must not stay broken. */
  private static Path emptied(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    return Files.createDirectories(folder);
  }
}
