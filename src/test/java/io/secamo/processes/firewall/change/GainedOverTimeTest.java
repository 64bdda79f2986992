package io.secamo.processes.firewall.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.firewall.Exposure;
import io.secamo.processes.firewall.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Judged by hand: sixteen addresses, three ports and an hour are few enough to look at every
 * address, port and minute. Other requests come and end, some are taken back, and others' rules
 * stay for good.
 */
class GainedOverTimeTest {
  private static final Instant TEN = Instant.parse("2027-01-04T10:00:00Z");
  private static final int CASES = 10_000;
  private static final int HOUR = 60;
  private static final int PORTS = 3;
  private static final int ADDRESSES = 16;

  /** After every end of the hour. */
  private static final int FOR_GOOD = HOUR + 1;

  private record Door(int port, int address) {
    boolean isLetThroughBy(Rule rule) {
      return rule.ports().low() <= port
          && port <= rule.ports().high()
          && rule.peer().low().intValue() % 256 <= address
          && address <= rule.peer().high().intValue() % 256;
    }
  }

  /** A request of somebody else; what is not of ours has no end. */
  private record Other(Rule rule, int begins, int ends) {
    boolean isThere(int minute) {
      return begins <= minute && minute < ends;
    }
  }

  /** Everybody else, and ours, which ends at a minute. */
  private record World(List<Other> others, List<Rule> wanted, int now, int end) {
    List<OpenRule> live(int minute) {
      Map<Rule, Integer> ends = new HashMap<>();
      others.stream()
          .filter(other -> other.isThere(now) && other.isThere(minute))
          .forEach(other -> ends.merge(other.rule(), other.ends(), Math::max));
      List<OpenRule> live = new ArrayList<>();
      ends.forEach((rule, at) -> live.add(new OpenRule(rule, time(at), "minute " + at)));
      return live;
    }

    ChangePlan plan(int minute) {
      ChangePlan.Wanted asked = new ChangePlan.Wanted(wanted, TEN, end < FOR_GOOD, time(end));
      return ChangePlan.plan("web", asked, live(minute));
    }

    boolean isOpen(Door door, int minute) {
      return others.stream()
          .anyMatch(o -> o.isThere(now) && o.isThere(minute) && door.isLetThroughBy(o.rule()));
    }

    /** In one of its minutes it is reachable, and would not be without us. */
    boolean gains(Door door) {
      boolean asked = wanted.stream().anyMatch(door::isLetThroughBy);
      for (int minute = now; asked && minute < Math.min(end, FOR_GOOD); minute++) {
        if (!isOpen(door, minute)) {
          return true;
        }
      }
      return asked && end >= FOR_GOOD && !isOpen(door, FOR_GOOD);
    }

    /** The first minute at which it would be closed. */
    int openUntil(Door door) {
      int minute = now;
      while (minute < FOR_GOOD && isOpen(door, minute)) {
        minute++;
      }
      return minute;
    }
  }

  @Test
  void exactlyThatIsGainedWhichWouldBeClosedAtSomeMomentWithoutIt() {
    Random random = new Random(20270104);
    for (int number = 0; number < CASES; number++) {
      World world = world(random);
      ChangePlan plan = world.plan(world.now());
      TreeSet<String> expected = new TreeSet<>();
      TreeSet<String> told = new TreeSet<>();
      for (Door door : doors()) {
        if (world.gains(door)) {
          expected.add(door + " open until " + world.openUntil(door));
        }
        if (isIn(plan.gained(), door)) {
          told.add(door + " open until " + toldUntil(plan, door, world.now()));
        }
      }
      assertThat(told).as("case %d: %s", number, world).isEqualTo(expected);
    }
  }

  /** Or votes would be void because it is later now than when they were given. */
  @Test
  void whatIsGainedIsTheSameInEveryMinuteUntilItIsMade() {
    Random random = new Random(20270105);
    for (int number = 0; number < CASES / 10; number++) {
      World world = world(random);
      ChangePlan planned = world.plan(world.now());
      for (int minute = world.now(); minute < Math.min(HOUR, world.end()); minute++) {
        ChangePlan later = world.plan(minute);
        assertThat(later.gained()).as("case %d", number).isEqualTo(planned.gained());
        assertThat(later.findings()).as("case %d", number).isEqualTo(planned.findings());
        assertThat(later.toAdd()).as("case %d", number).isEqualTo(planned.toAdd());
      }
    }
  }

  private static int toldUntil(ChangePlan plan, Door door, int now) {
    List<StillOpen> parts =
        plan.stillOpen().stream().filter(part -> isIn(part.what(), door)).toList();
    assertThat(parts).hasSizeLessThan(2);
    return parts.isEmpty() ? now : (int) Duration.between(TEN, parts.get(0).until()).toMinutes();
  }

  private static boolean isIn(Exposure exposure, Door door) {
    return exposure.asRules().stream().anyMatch(door::isLetThroughBy);
  }

  private static World world(Random random) {
    int now = random.nextInt(HOUR);
    List<Other> others = new ArrayList<>();
    int requests = random.nextInt(7);
    for (int i = 0; i < requests; i++) {
      int begins = random.nextInt(HOUR);
      int planned =
          random.nextInt(5) == 0 ? FOR_GOOD * 2 : begins + 1 + random.nextInt(HOUR - begins);
      // Taken back before its time; nobody plans for what somebody may take back later.
      boolean takenBack = random.nextInt(5) == 0 && begins < now;
      others.add(new Other(rule(random), begins, takenBack ? now : planned));
    }
    List<Rule> wanted = new ArrayList<>(List.of(rule(random)));
    if (random.nextBoolean()) {
      wanted.add(rule(random));
    }
    int end = random.nextInt(3) == 0 ? FOR_GOOD * 2 : now + 1 + random.nextInt(HOUR - now);
    return new World(others, wanted, now, end);
  }

  private static Rule rule(Random random) {
    int prefix = 28 + random.nextInt(5);
    int low = random.nextInt(ADDRESSES) & -(1 << (32 - prefix));
    int from = 1 + random.nextInt(PORTS);
    int to = from + random.nextInt(PORTS + 1 - from);
    String ports = from == to ? "" + from : from + "-" + to;
    return Rule.parse("Ingress tcp " + ports + " from 10.0.0." + low + "/" + prefix);
  }

  private static List<Door> doors() {
    List<Door> doors = new ArrayList<>();
    for (int port = 1; port <= PORTS; port++) {
      for (int address = 0; address < ADDRESSES; address++) {
        doors.add(new Door(port, address));
      }
    }
    return doors;
  }

  private static Optional<Instant> time(int minute) {
    return minute > HOUR * 2 ? Optional.empty() : Optional.of(TEN.plus(Duration.ofMinutes(minute)));
  }
}
