package io.secamo.processes.fault;

import java.time.Duration;

/** Outside systems that go away, for example at a call, and stay away until {@link #back}. */
final class Absence implements Front.Life {
  private volatile boolean away;

  @Override
  public boolean over() {
    return away;
  }

  @Override
  public void end() {
    away = true;
  }

  void back() {
    away = false;
  }

  @Override
  public void away(Duration time) {
    throw new IllegalStateException("how long they are away is told by back()");
  }

  @Override
  public void overtake() {}

  @Override
  public void around(Fault.Kind kind, Fault.Channel channel) {}
}
