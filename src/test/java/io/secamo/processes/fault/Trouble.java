package io.secamo.processes.fault;

import io.secamo.processes.fault.Fault.Channel;
import io.secamo.processes.fault.Fault.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Numbers the calls of a run and says what goes wrong at each. */
final class Trouble {
  private final List<Fault> faults;
  private final Map<Channel, AtomicInteger> counted = new EnumMap<>(Channel.class);
  private final Map<Channel, Integer> whenOver = new EnumMap<>(Channel.class);
  private final List<Fault> happened = new CopyOnWriteArrayList<>();

  Trouble(List<Fault> faults) {
    this.faults = List.copyOf(faults);
    for (Channel channel : Channel.values()) {
      counted.put(channel, new AtomicInteger());
    }
  }

  /** What happens to the next call of a channel. */
  Optional<Kind> next(Channel channel) {
    int number = counted.get(channel).incrementAndGet();
    Optional<Fault> fault =
        faults.stream().filter(f -> f.channel() == channel && f.number() == number).findFirst();
    fault.ifPresent(happened::add);
    return fault.map(Fault::kind);
  }

  /** Nobody was let do this: it did not come to pass. */
  void prevented(Kind kind) {
    happened.removeIf(fault -> fault.kind() == kind);
  }

  /** How many calls there were. */
  int count(Channel channel) {
    return counted.get(channel).get();
  }

  /** The story is over: from now on calls only tidy up after it. */
  void over() {
    counted.forEach((channel, count) -> whenOver.put(channel, count.get()));
  }

  /** How many calls there were when the story was over. */
  int countWhenOver(Channel channel) {
    return whenOver.getOrDefault(channel, 0);
  }

  /** The faults that came to pass: a planned one may lie behind the end. */
  List<Fault> happened() {
    return List.copyOf(happened);
  }
}
