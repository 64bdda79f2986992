package io.secamo.processes.mutant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

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
    try {
      System.exit(args.length > 1 ? mutants.again(args[1]) : mutants.goOn());
    } catch (OutOfDate | NotPlayed e) {
      System.out.println(e.getMessage());
      System.exit(2);
    }
  }

  /** Plays some, whether they were played before or not. */
  private int again(String words) throws IOException, InterruptedException {
    List<Mutant> some = Mutant.all().stream().filter(m -> m.name().contains(words)).toList();
    if (some.isEmpty()) {
      throw new OutOfDate("no mutant has '" + words + "' in its name: see " + Mutant.LIST);
    }
    provePlain(List.of());
    return judged(some, play(some, 0));
  }

  /** Plays those that were not played yet. */
  private int goOn() throws IOException, InterruptedException {
    List<Mutant> all = Mutant.all();
    Map<String, String> done = done();
    if (!done.containsKey(NONE.name())) {
      provePlain(Suites.WITH_REAL_SYSTEMS);
      keep(NONE, "", 0);
    }
    List<Mutant> open = all.stream().filter(m -> !done.containsKey(m.name())).toList();
    return judged(all, play(open, all.size() - open.size()));
  }

  /** The exit code. */
  private int judged(List<Mutant> mutants, int notPlayed) throws IOException {
    Map<String, String> done = done();
    boolean lives = mutants.stream().anyMatch(mutant -> "".equals(done.get(mutant.name())));
    return notPlayed > 0 ? 2 : lives ? 1 : 0;
  }

  /** What has found each mutant when it was played last; empty: nothing. */
  private Map<String, String> done() throws IOException {
    Map<String, String> done = new HashMap<>();
    if (Files.exists(results)) {
      for (String line : Files.readAllLines(results)) {
        JsonNode played = JSON.readTree(line);
        done.put(played.path("mutant").asText(), played.path("foundBy").asText());
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
    System.out.println("The program as it is, in which nothing must be found");
    long began = System.nanoTime();
    String by = foundInMemory(NONE);
    by = by.isEmpty() ? foundBy(NONE, suites) : by;
    System.out.printf(Locale.ROOT, "    %s, %d s%n", by.isEmpty() ? "nothing" : by, since(began));
    if (!by.isEmpty()) {
      throw new OutOfDate("The tests fail without any mutant: mend that first, see " + work);
    }
  }

  /**
   * Plays them and answers how many could not be played; those are open as before. The real systems
   * come last, because they take minutes for each.
   */
  private int play(List<Mutant> some, int before) throws IOException, InterruptedException {
    List<Mutant> hidden = new ArrayList<>();
    int notPlayed = 0;
    int number = before;
    for (Mutant mutant : some) {
      System.out.printf("%d of %d  %s%n", ++number, before + some.size(), mutant.name());
      try {
        if (!played(mutant, List.of())) {
          hidden.add(mutant);
        }
      } catch (NotPlayed e) {
        notPlayed++;
        System.out.println("    COULD NOT BE PLAYED: " + e.getMessage());
      }
    }
    number = before + some.size() - hidden.size();
    for (Mutant mutant : hidden) {
      System.out.printf("%d of %d  %s%n", ++number, before + some.size(), mutant.name());
      try {
        if (!played(mutant, Suites.WITH_REAL_SYSTEMS)) {
          keep(mutant, "", 0);
          System.out.println("    NOT FOUND");
        }
      } catch (NotPlayed e) {
        notPlayed++;
        System.out.println("    COULD NOT BE PLAYED: " + e.getMessage());
      }
    }
    return notPlayed;
  }

  /** Whether it was found, by tests that need memory only if no suites are named. */
  private boolean played(Mutant mutant, List<String> suites)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    String by = suites.isEmpty() ? foundInMemory(mutant) : foundBy(mutant, suites);
    if (by.isEmpty()) {
      return false;
    }
    keep(mutant, by, since(began));
    System.out.printf(Locale.ROOT, "    found by %s, %d s%n", by, since(began));
    return true;
  }

  private static long since(long began) {
    return (System.nanoTime() - began) / 1_000_000_000;
  }

  private String foundInMemory(Mutant mutant) throws IOException, InterruptedException {
    Player player = new Player(emptied(folder(mutant)));
    Files.createDirectories(player.classes());
    mutant.writeTo(player.classes());
    return player.foundInMemory();
  }

  /** By one of the suites, after the tests that need memory only have not found it. */
  private String foundBy(Mutant mutant, List<String> suites)
      throws IOException, InterruptedException {
    Player player = new Player(folder(mutant));
    String by = "";
    for (String suite : suites) {
      if (by.isEmpty()) {
        System.out.println("    not by what needs memory only: now " + suite);
        by = player.foundBy(suite);
      }
    }
    return by;
  }

  private Path folder(Mutant mutant) {
    return work.resolve(mutant.name().replaceAll("[^a-z0-9]+", "-"));
  }

  /** A class that an earlier form of the mutant has broken must not stay broken. */
  private static Path emptied(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    return Files.createDirectories(folder);
  }
}
