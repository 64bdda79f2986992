package io.secamo.processes.fault;

import io.secamo.processes.fault.Fault.Channel;
import io.secamo.processes.fault.Fault.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;

/** What people and machines around the operator do in the wrong moment. */
final class Mishaps {
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
  private final Slot slot;
  private final Outside outside;
  private final String request;
  private final Map<Channel, String> first;
  private final Map<Channel, String> secrets;
  private volatile Duration skew = Duration.ZERO;
  private boolean over;
  private boolean touched;

  Mishaps(Slot slot, Outside outside, String request) {
    this.slot = slot;
    this.outside = outside;
    this.request = request;
    this.first =
        Map.of(Channel.RT, outside.secret(Channel.RT), Channel.OS, outside.secret(Channel.OS));
    this.secrets = new EnumMap<>(first);
  }

  /** The clock of the machine that the operator runs on. */
  Clock clock() {
    InstantSource wall = () -> Clock.systemUTC().instant().plus(skew);
    return wall.withZone(ZoneOffset.UTC);
  }

  synchronized void happen(Kind kind, Channel channel) {
    if (over) {
      return;
    }
    switch (kind) {
      case AHEAD -> skew = TEN_MINUTES;
      case BEHIND -> skew = TEN_MINUTES.negated();
      case ROTATED -> {
        rotate(channel);
        later(Duration.ofSeconds(1), () -> store(channel));
      }
      case MISTYPED -> {
        touched = true;
        write(channel, "not the canarysecret");
        later(Duration.ofSeconds(2), () -> store(channel));
      }
      case DELETED -> {
        touched = true;
        slot.removeSecret(name(channel));
        later(Duration.ofSeconds(2), () -> store(channel));
      }
      case SUSPENDED -> {
        suspend(true);
        later(Duration.ofSeconds(1), () -> suspend(false));
      }
      case EDITED -> slot.editPolicy();
      case KILLED, STOPPED -> outside.befall(kind, channel);
      default -> throw new IllegalArgumentException(kind + " is no mishap");
    }
  }

  private static String name(Channel channel) {
    return channel == Channel.OS ? "cloud" : "helpdesk";
  }

  private void rotate(Channel channel) {
    touched = true;
    String next = secrets.getOrDefault(channel, "") + "x";
    secrets.put(channel, next);
    outside.changeSecret(channel, next);
  }

  private void store(Channel channel) {
    write(channel, secrets.getOrDefault(channel, ""));
  }

  private void write(Channel channel, String secret) {
    slot.secret(name(channel), channel == Channel.OS ? "password" : "token", secret);
  }

  private void suspend(boolean on) {
    slot.server().patch("requester", request, "{\"spec\":{\"suspend\":" + on + "}}");
  }

  private void later(Duration wait, Runnable what) {
    Thread.ofVirtual()
        .start(
            () -> {
              Front.pause(wait);
              synchronized (this) {
                if (!over) {
                  what.run();
                }
              }
            });
  }

  /** Leaves everything as the next run expects it. */
  synchronized void mend() {
    over = true;
    if (touched) {
      secrets.putAll(first);
      store(Channel.RT);
      store(Channel.OS);
    }
  }
}
