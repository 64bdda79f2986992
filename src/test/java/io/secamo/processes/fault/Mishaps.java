package io.secamo.processes.fault;

import io.secamo.processes.fault.Fault.Channel;
import io.secamo.processes.fault.Fault.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What people and machines around the operator do in the wrong moment. */
final class Mishaps {
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
  private static final Duration FULL = Duration.ofSeconds(8);

  /** Longer than a temporary change of the stories lives. */
  private static final Duration SWAPPED = Duration.ofSeconds(5);

  /** As long as a removal needs that nobody holds up. */
  private static final Duration ENOUGH = Duration.ofSeconds(4);

  private final Slot slot;
  private final Outside outside;
  private final String name;
  private final String request;
  private final Supplier<Instant> expires;
  private final Map<Channel, String> first;
  private final Map<Channel, String> secrets;
  private final Set<Runnable> pending = new LinkedHashSet<>();
  private volatile Duration skew = Duration.ZERO;
  private volatile Instant fullUntil = Instant.MIN;
  private volatile Instant quietSince = Instant.MIN;
  private boolean over;
  private boolean touched;

  /**
   * Around one request.
   *
   * @param expires when it is to be removed again, as far as that is known; else long ago
   */
  Mishaps(Slot slot, Outside outside, String name, Supplier<Instant> expires) {
    this.expires = expires;
    this.slot = slot;
    this.outside = outside;
    this.name = name;
    this.request = slot.requests() + "/" + name;
    this.first =
        Map.of(Channel.RT, outside.secret(Channel.RT), Channel.OS, outside.secret(Channel.OS));
    this.secrets = new EnumMap<>(first);
  }

  /** The clock of the machine that the operator runs on. */
  Clock clock() {
    InstantSource wall = () -> Clock.systemUTC().instant().plus(skew);
    return wall.withZone(ZoneOffset.UTC);
  }

  /** Whether nothing more fits into the request. */
  boolean full() {
    return Instant.now().isBefore(fullUntil);
  }

  /** When the last of what happened was over. */
  Instant quietSince() {
    return fullUntil.isAfter(quietSince) ? fullUntil : quietSince;
  }

  /** Does it; false if nobody was let. */
  synchronized boolean happen(Kind kind, Channel channel) {
    if (over) {
      return false;
    }
    quietSince = Instant.now();
    return happened(kind, channel);
  }

  private boolean happened(Kind kind, Channel channel) {
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
      case DELETED -> without(channel, Duration.ofSeconds(2));
      case SUSPENDED -> {
        suspend(true);
        later(Duration.ofSeconds(1), () -> suspend(false));
      }
      case EDITED -> slot.editPolicy();
      case KILLED, STOPPED -> outside.befall(kind, channel);
      case LABELS, ANNOTATIONS, MANAGERS, FINALIZERS, OWNED -> {
        Filling filling = new Filling(slot.server(), request);
        if (kind == Kind.FINALIZERS) {
          later(SWAPPED, filling::undo);
        }
        return filling.by(kind);
      }
      case FULL -> fullUntil = Instant.now().plus(FULL);
      default -> {
        return swap(kind);
      }
    }
    return true;
  }

  /** What an effect depends on is another thing for a while. */
  private boolean swap(Kind kind) {
    switch (kind) {
      case QUOTA -> {
        slot.quota();
        later(FULL, slot::noQuota);
      }
      case ENDPOINT -> {
        slot.lead("/elsewhere/v3");
        later(SWAPPED, () -> slot.lead("/v3"));
      }
      case NO_SECRET -> List.of(Channel.RT, Channel.OS).forEach(c -> without(c, SWAPPED));
      case UNSEEING -> {
        touched = true;
        write(Channel.OS, Cloud.PASSWORD_OF_THE_UNSEEING);
        later(SWAPPED, () -> store(Channel.OS));
      }
      case NO_CONNECTION -> {
        slot.disconnect();
        later(SWAPPED, slot::connectCloud);
      }
      case NO_RIGHT -> {
        slot.unbindSecrets();
        later(SWAPPED, slot::bindSecretsAgain);
      }
      case ACCOUNT, RENAMED, MERGED -> {
        later(SWAPPED, () -> outside.swapBack(kind, name));
        return outside.swap(kind, name);
      }
      default -> throw new IllegalArgumentException(kind + " is no mishap");
    }
    return true;
  }

  private static String name(Channel channel) {
    return channel == Channel.OS ? "cloud" : "helpdesk";
  }

  private void without(Channel channel, Duration time) {
    touched = true;
    slot.removeSecret(name(channel));
    later(time, () -> store(channel));
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
    pending.add(what);
    Thread.ofVirtual()
        .start(
            () -> {
              Front.pause(wait);
              untilItShouldBeGone();
              synchronized (this) {
                if (pending.contains(what)) {
                  what.run();
                  pending.remove(what);
                  quietSince = Instant.now();
                }
              }
            });
  }

  /** What happened while a change was live has to be so still when it is removed. */
  private void untilItShouldBeGone() {
    Instant end = expires.get().plus(ENOUGH);
    while (Instant.now().isBefore(end) && !over()) {
      Front.pause(Duration.ofMillis(100));
    }
  }

  private synchronized boolean over() {
    return over;
  }

  /** Leaves everything as the next run expects it. */
  synchronized void mend() {
    over = true;
    List<RuntimeException> failed = new ArrayList<>();
    for (Runnable repair : pending) {
      try {
        repair.run();
      } catch (RuntimeException e) {
        failed.add(e);
      }
    }
    pending.clear();
    if (touched) {
      secrets.putAll(first);
      store(Channel.RT);
      store(Channel.OS);
      touched = false;
    }
    if (!failed.isEmpty()) {
      throw failed.getFirst();
    }
  }
}
