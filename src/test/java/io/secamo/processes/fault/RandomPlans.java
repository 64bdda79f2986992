package io.secamo.processes.fault;

import io.secamo.processes.fault.Fault.Channel;
import io.secamo.processes.fault.Fault.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Plans with one to four faults of any kind at any call. */
final class RandomPlans {
  private static final List<Kind> CRASHES = List.of(Kind.CRASH_BEFORE, Kind.CRASH_AFTER);
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
                  Kind.SLOW),
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
                  Kind.BLIND,
                  Kind.HOLD));

  private RandomPlans() {}

  static Plan next(Random random, Map<Story, Trouble> nominal) {
    Story story = Story.values()[random.nextInt(Story.values().length)];
    List<Fault> faults = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      Channel channel = Channel.values()[random.nextInt(Channel.values().length)];
      int calls = Math.max(1, nominal.get(story).count(channel));
      // Faults make more calls, so some lie behind those of a run without any.
      int number = 1 + random.nextInt(calls + calls / 3 + 1);
      boolean crash = random.nextInt(4) == 0 && channel != Channel.WATCH && channel != Channel.READ;
      List<Kind> kinds = crash ? CRASHES : KINDS.get(channel);
      faults.add(new Fault(channel, number, kinds.get(random.nextInt(kinds.size()))));
    }
    return new Plan(story, faults);
  }
}
