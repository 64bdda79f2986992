package io.secamo.processes.fault;

import io.secamo.processes.fault.Fault.Channel;
import io.secamo.processes.fault.Fault.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The plans that every run of the tests plays: the same ones for the same commit, on any machine.
 * They stand in files, because how long a story is can only be measured. {@code dev/torture --draw}
 * draws them anew when the procedure has more or fewer calls than before.
 */
enum DrawnPlans {
  /** A crash before or after a write or a call. */
  CRASHES(120),
  /** Two crashes in one story. */
  PAIRS(40),
  /** A replica that stands still while another one takes over. */
  HELD(20),
  /** One fault of any kind, twice each. */
  KINDS(100),
  /** After a crash the next operator begins with a list that is out of date. */
  OLD_VIEWS(20),
  /** One to four faults of any kind. */
  RANDOM(60),
  /** A lost answer or a crash at a call to a real system; every second one changes something. */
  REAL_LOST(40),
  /** A real system that is slow or busy. */
  REAL_BUSY(8),
  /** A real system that is killed or stands still in the middle of a change. */
  REAL_KILLED(8),
  /** Somebody fills the request, or sees to it that it cannot be written. */
  FILLINGS(112),
  /** What an effect depends on is another thing for a while. */
  REVERSALS(112),
  /** An outside system answers with something else. */
  LIES(88),
  /** The Secret holds a user who is shown nothing, for a while. */
  UNSEEING(24),
  /** One of any of these when another request removes what was opened for good. */
  REMOVALS(30);

  private static final Path FOLDER = Path.of("src/test/resources/fault");
  private final int size;

  DrawnPlans(int size) {
    this.size = size;
  }

  /** Those that are played: all of them, or as many as {@code -Dfaults.crashes=N} says. */
  List<Plan> played() {
    return played(size);
  }

  /** The first ones, or as many as {@code -Dfaults.real-lost=N} says. */
  List<Plan> played(int unlessSaid) {
    List<Plan> all = read();
    return all.subList(0, Math.min(all.size(), Integer.getInteger("faults." + word(), unlessSaid)));
  }

  private List<Plan> read() {
    try {
      return Files.readAllLines(file()).stream()
          .filter(line -> !line.startsWith("#"))
          .map(Plan::parse)
          .toList();
    } catch (IOException missing) {
      throw new UncheckedIOException("dev/torture --draw writes it", missing);
    }
  }

  /** Draws them from all there are, for stories of a known length. */
  void draw(Plans plans, long seed) throws IOException {
    List<Plan> all = all(plans, seed);
    StringBuilder text = new StringBuilder();
    text.append(
        "# %d of %d, drawn with seed %d by dev/torture --draw%n".formatted(size, all.size(), seed));
    List<Plan> drawn =
        switch (this) {
          case KINDS, REAL_BUSY, REAL_KILLED, FILLINGS, REVERSALS, LIES, UNSEEING, REMOVALS ->
              Plans.someOfEach(all, size, seed);
          case REAL_LOST -> all.subList(0, Math.min(size, all.size()));
          default -> Plans.some(all, size, seed);
        };
    drawn.forEach(plan -> text.append(plan).append('\n'));
    Files.createDirectories(FOLDER);
    Files.writeString(file(), text);
  }

  private List<Plan> all(Plans plans, long seed) {
    return switch (this) {
      case CRASHES -> plans.crashes();
      case PAIRS -> plans.pairs();
      case HELD -> plans.held();
      case KINDS -> plans.kinds();
      case OLD_VIEWS -> plans.oldViews();
      case RANDOM -> IntStream.range(0, size).mapToObj(i -> plans.random(seed, i)).toList();
      case FILLINGS -> plans.fillings();
      case REVERSALS -> plans.reversals();
      case LIES -> plans.lies();
      case UNSEEING -> plans.unseeing();
      case REMOVALS -> plans.removals();
      case REAL_LOST -> plans.lostOutside(seed);
      case REAL_BUSY ->
          plans.each(Plans.REAL, List.of(Channel.RT, Channel.OS), Kind.SLOW, Kind.BUSY);
      case REAL_KILLED ->
          plans.each(List.of(Story.TEMPORARY), List.of(Channel.EFFECT), Kind.KILLED, Kind.STOPPED);
    };
  }

  private Path file() {
    return FOLDER.resolve(word() + ".txt");
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
