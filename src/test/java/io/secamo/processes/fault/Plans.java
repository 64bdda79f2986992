package io.secamo.processes.fault;

import io.secamo.processes.fault.Fault.Channel;
import io.secamo.processes.fault.Fault.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which plans there are, for stories of a known length.
 *
 * @param lengths how many calls of each channel a story has when nothing goes wrong
 */
record Plans(Map<Story, Map<Channel, Integer>> lengths) {
  /** The stories that are played with the real systems too. */
  static final List<Story> REAL = List.of(Story.TEMPORARY, Story.LASTING);

  private static final List<Kind> CRASHES = List.of(Kind.CRASH_BEFORE, Kind.CRASH_AFTER, Kind.AWAY);
  private static final Set<Channel> DEADLY = Set.of(Channel.API, Channel.RT, Channel.OS);
  private static final Map<Channel, List<Kind>> KINDS =
      Map.of(
          Channel.API,
              List.of(
                  Kind.LOSE_REPLY,
                  Kind.CONFLICT,
                  Kind.THROTTLE,
                  Kind.ERROR,
                  Kind.BUSY,
                  Kind.HOLD,
                  Kind.AHEAD,
                  Kind.BEHIND,
                  Kind.SUSPENDED,
                  Kind.EDITED,
                  Kind.SLOW),
          Channel.LIST, List.of(Kind.OLD, Kind.OLD, Kind.ERROR, Kind.SLOW),
          Channel.READ, List.of(Kind.ERROR, Kind.THROTTLE, Kind.BUSY, Kind.SLOW),
          Channel.WATCH, List.of(Kind.CUT, Kind.GONE, Kind.TWICE, Kind.LATE),
          Channel.RT,
              List.of(
                  Kind.LOSE_REPLY,
                  Kind.THROTTLE,
                  Kind.ERROR,
                  Kind.BUSY,
                  Kind.GARBAGE,
                  Kind.PAGE,
                  Kind.SLOW,
                  Kind.TURNED_DOWN,
                  Kind.ROTATED,
                  Kind.MISTYPED,
                  Kind.DELETED,
                  Kind.BLIND,
                  Kind.HOLD),
          Channel.OS,
              List.of(
                  Kind.LOSE_REPLY,
                  Kind.THROTTLE,
                  Kind.ERROR,
                  Kind.BUSY,
                  Kind.GARBAGE,
                  Kind.PAGE,
                  Kind.SLOW,
                  Kind.TURNED_DOWN,
                  Kind.ROTATED,
                  Kind.MISTYPED,
                  Kind.DELETED,
                  Kind.BLIND,
                  Kind.HOLD));

  private static final List<Kind> FILLING =
      List.of(
          Kind.LABELS,
          Kind.ANNOTATIONS,
          Kind.MANAGERS,
          Kind.FINALIZERS,
          Kind.OWNED,
          Kind.FULL,
          Kind.QUOTA);
  private static final List<Kind> SWAPPED =
      List.of(
          Kind.ENDPOINT,
          Kind.ACCOUNT,
          Kind.RENAMED,
          Kind.MERGED,
          Kind.NO_SECRET,
          Kind.NO_CONNECTION,
          Kind.NO_RIGHT);
  private static final List<Kind> LIES =
      List.of(Kind.WRONG_ID, Kind.STRANGERS, Kind.LONG, Kind.HUGE);

  private static final Fault OLD_VIEW = new Fault(Channel.LIST, 2, Kind.OLD);

  /** A crash before and after every write and every call, in every story. */
  List<Plan> crashes() {
    List<Plan> plans = new ArrayList<>();
    for (Story story : Story.ALONE) {
      crashes(story, Channel.API, Channel.RT, Channel.OS)
          .forEach(f -> plans.add(Plan.of(story, f)));
    }
    return plans;
  }

  /**
   * Every ordered pair of crashes before and after a write about the request or a change outside.
   */
  List<Plan> pairs() {
    List<Plan> plans = new ArrayList<>();
    for (Story story : Story.ALONE) {
      List<Fault> points = crashes(story, Channel.STATE, Channel.EFFECT);
      points.forEach(one -> points.forEach(two -> plans.add(Plan.of(story, one, two))));
    }
    return plans;
  }

  /** The leader stands still before each call, loses its place, wakes up and goes on. */
  List<Plan> held() {
    return each(
        List.of(Story.TEMPORARY, Story.DELETED_IN_FORCE),
        List.of(Channel.API, Channel.RT, Channel.OS),
        Kind.HOLD);
  }

  /** Each kind of fault at each call of one story. */
  List<Plan> kinds() {
    List<Plan> plans = new ArrayList<>();
    for (Channel channel : KINDS.keySet().stream().sorted().toList()) {
      for (Kind kind : KINDS.getOrDefault(channel, List.of()).stream().distinct().toList()) {
        plans.addAll(each(List.of(Story.TEMPORARY), List.of(channel), kind));
      }
    }
    plans.addAll(each(List.of(Story.TEMPORARY), List.of(Channel.API, Channel.EFFECT), Kind.AWAY));
    return plans;
  }

  /** A crash, and the next operator begins with a list of requests that is out of date. */
  List<Plan> oldViews() {
    List<Plan> plans = new ArrayList<>();
    for (Story story : List.of(Story.TEMPORARY, Story.DELETED_IN_FORCE, Story.LASTING)) {
      crashes(story, Channel.API, Channel.RT, Channel.OS)
          .forEach(crash -> plans.add(Plan.of(story, crash, OLD_VIEW)));
    }
    return plans;
  }

  /**
   * The answer to a call outside is lost, or the operator dies before or after it; by turns at a
   * call that changes something and at any.
   */
  List<Plan> lostOutside(long seed) {
    List<Plan> changes = some(lost(Channel.EFFECT), Integer.MAX_VALUE, seed);
    List<Plan> any =
        some(
            lost(Channel.RT, Channel.OS).stream().filter(this::surelyHappens).toList(),
            Integer.MAX_VALUE,
            seed);
    return IntStream.range(0, Math.min(changes.size(), any.size()))
        .boxed()
        .flatMap(i -> Stream.of(changes.get(i), any.get(i)))
        .toList();
  }

  /** A story has a few calls less if somebody else has just signed in or checked. */
  private boolean surelyHappens(Plan plan) {
    return plan.faults().stream()
        .allMatch(fault -> fault.number() <= length(plan.story(), fault.channel()) - 3);
  }

  private List<Plan> lost(Channel... channels) {
    return each(REAL, List.of(channels), Kind.LOSE_REPLY, Kind.CRASH_BEFORE, Kind.CRASH_AFTER);
  }

  /** Before each write of the operator somebody makes that one impossible, or what he can. */
  List<Plan> fillings() {
    return fillings(Story.ALONE);
  }

  private List<Plan> fillings(List<Story> all) {
    List<Plan> plans = new ArrayList<>();
    for (Kind kind : FILLING) {
      plans.addAll(each(all, List.of(Channel.STATE), kind));
    }
    return plans;
  }

  /** What an effect depends on is another thing from any write on, where something is made. */
  List<Plan> reversals() {
    return reversals(Story.ALONE.stream().filter(story -> story.approved).toList());
  }

  private List<Plan> reversals(List<Story> all) {
    List<Plan> plans = new ArrayList<>();
    for (Kind kind : SWAPPED) {
      // A ticket that is merged while we are writing to it is written to: nothing can stop that.
      List<Channel> when =
          kind == Kind.MERGED ? List.of(Channel.STATE) : List.of(Channel.STATE, Channel.EFFECT);
      plans.addAll(each(all, when, kind));
    }
    return plans;
  }

  /** From any write on, where something is made, the Secret holds a user who is shown nothing. */
  List<Plan> unseeing() {
    List<Story> all = Story.ALONE.stream().filter(story -> story.approved).toList();
    return each(all, List.of(Channel.STATE, Channel.EFFECT), Kind.UNSEEING);
  }

  /** Each call outside is answered with something else. */
  List<Plan> lies() {
    return lies(Story.ALONE);
  }

  private List<Plan> lies(List<Story> all) {
    List<Plan> plans = new ArrayList<>();
    for (Kind kind : LIES) {
      plans.addAll(each(all, List.of(Channel.RT, Channel.OS), kind));
    }
    return plans;
  }

  /** One of all these when what stands is removed by another request: what is before is LASTING. */
  List<Plan> removals() {
    List<Story> it = List.of(Story.REMOVED);
    List<Channel> calls = List.of(Channel.API, Channel.RT, Channel.OS);
    return Stream.of(
            each(it, calls, Kind.CRASH_BEFORE, Kind.CRASH_AFTER, Kind.HOLD),
            fillings(it),
            reversals(it),
            lies(it))
        .flatMap(List::stream)
        .filter(plan -> plan.faults().stream().allMatch(this::afterLasting))
        .toList();
  }

  /** Nobody is let own a request, and what is swapped matters when something is done outside. */
  private boolean afterLasting(Fault fault) {
    boolean idle = fault.channel() == Channel.STATE && SWAPPED.contains(fault.kind());
    return (!idle || fault.kind() == Kind.MERGED)
        && fault.kind() != Kind.OWNED
        && fault.number() > length(Story.LASTING, fault.channel());
  }

  /** One of all these and a crash, or two of them. */
  Plan meddled(long seed, int number) {
    Random random = new Random(seed * 2_000_003 + number);
    List<Plan> all = Stream.of(fillings(), reversals(), lies()).flatMap(List::stream).toList();
    Plan one = all.get(random.nextInt(all.size()));
    List<Plan> second =
        Stream.concat(all.stream(), crashes().stream())
            .filter(plan -> plan.story() == one.story())
            .toList();
    Plan two = second.get(random.nextInt(second.size()));
    return Plan.of(one.story(), one.faults().getFirst(), two.faults().getFirst());
  }

  /** One to four faults of any kind at any call; the same for the same seed and number. */
  Plan random(long seed, int number) {
    Random random = new Random(seed * 1_000_003 + number);
    Story story = Story.ALONE.get(random.nextInt(Story.ALONE.size()));
    List<Channel> channels = KINDS.keySet().stream().sorted().toList();
    List<Fault> faults = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      Channel channel = channels.get(random.nextInt(channels.size()));
      int calls = length(story, channel);
      // Faults make more calls, so some lie behind those of a run without any.
      int call = 1 + random.nextInt(Math.max(3, calls + calls / 3 + 1));
      boolean crash = random.nextInt(4) == 0 && DEADLY.contains(channel);
      List<Kind> kinds = crash ? CRASHES : KINDS.getOrDefault(channel, CRASHES);
      faults.add(new Fault(channel, call, kinds.get(random.nextInt(kinds.size()))));
    }
    return new Plan(story, faults);
  }

  /** So many of them, drawn with a seed; all if there are not more. */
  static List<Plan> some(List<Plan> plans, int count, long seed) {
    List<Plan> drawn = new ArrayList<>(plans);
    java.util.Collections.shuffle(drawn, new Random(seed));
    return drawn.subList(0, Math.min(count, drawn.size()));
  }

  /** So many of them, each channel with each kind of fault in turn. */
  static List<Plan> someOfEach(List<Plan> plans, int count, long seed) {
    Map<String, List<Plan>> apart = new TreeMap<>();
    for (Plan plan : some(plans, plans.size(), seed)) {
      Fault fault = plan.faults().getFirst();
      apart.computeIfAbsent(fault.channel() + " " + fault.kind(), k -> new ArrayList<>()).add(plan);
    }
    int most = apart.values().stream().mapToInt(List::size).max().orElse(0);
    return IntStream.range(0, most)
        .boxed()
        .flatMap(i -> apart.values().stream().filter(p -> i < p.size()).map(p -> p.get(i)))
        .limit(count)
        .toList();
  }

  /** Kinds of fault at each call of some channels. */
  List<Plan> each(List<Story> stories, List<Channel> channels, Kind... kinds) {
    return Stream.of(kinds).flatMap(kind -> each(stories, channels, kind).stream()).toList();
  }

  private List<Plan> each(List<Story> stories, List<Channel> channels, Kind kind) {
    List<Plan> plans = new ArrayList<>();
    for (Story story : stories) {
      for (Channel channel : channels) {
        IntStream.rangeClosed(1, length(story, channel))
            .forEach(i -> plans.add(Plan.of(story, new Fault(channel, i, kind))));
      }
    }
    return plans;
  }

  private List<Fault> crashes(Story story, Channel... channels) {
    List<Fault> crashes = new ArrayList<>();
    for (Channel channel : channels) {
      for (int i = 1; i <= length(story, channel); i++) {
        crashes.add(new Fault(channel, i, Kind.CRASH_BEFORE));
        crashes.add(new Fault(channel, i, Kind.CRASH_AFTER));
      }
    }
    return crashes;
  }

  private int length(Story story, Channel channel) {
    return lengths.getOrDefault(story, Map.of()).getOrDefault(channel, 0);
  }
}
