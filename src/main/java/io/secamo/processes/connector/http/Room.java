package io.secamo.processes.connector.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many bytes answers take in memory at a time, whatever system they are from: all share one
 * heap, and dozens of looks at systems that say as much as they may would fill it together. What a
 * call has read counts as it weighs until its look ends, for until then it may be kept.
 *
 * <p>A namespace has no more than it leaves to the others, so that whoever comes next finds room.
 * Some is kept for calls that take something back.
 */
final class Room {
  private static final int MIB = 1024 * 1024;

  /** A third of the heap that the operator is installed with. */
  static final Room OF_ALL = new Room(64 * MIB, 16 * MIB, Duration.ofSeconds(2));

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition givenBack = lock.newCondition();
  private final Part ordinary;
  private final Part kept;
  private final Duration wait;

  /**
   * In bytes.
   *
   * @param kept so much more for what is taken back
   * @param wait for others to end
   */
  Room(long ordinary, long kept, Duration wait) {
    this.ordinary = new Part(ordinary);
    this.kept = new Part(kept);
    this.wait = wait;
  }

  /** What is left, and who has the rest. */
  private static final class Part {
    private final Map<String, Long> taken = new HashMap<>();
    private long left;

    private Part(long all) {
      this.left = all;
    }

    private boolean take(String namespace, long bytes) {
      if (taken.getOrDefault(namespace, 0L) + bytes > left - bytes) {
        return false;
      }
      left -= bytes;
      taken.merge(namespace, bytes, Long::sum);
      return true;
    }

    private void giveBack(String namespace, long bytes) {
      left += bytes;
      taken.computeIfPresent(namespace, (name, all) -> all == bytes ? null : all - bytes);
    }
  }

  /** For the answer to one call, that has no byte yet. */
  Held answer(String namespace, boolean takesBack) {
    return new Held(namespace, takesBack);
  }

  /** What one answer takes, until it is given back. */
  final class Held {
    private final String namespace;
    private final boolean takesBack;
    private long ofOrdinary;
    private long ofKept;
    private boolean over;

    private Held(String namespace, boolean takesBack) {
      this.namespace = namespace;
      this.takesBack = takesBack;
    }

    /** Waits a little for room for more; false if there is none. */
    boolean more(int bytes) {
      lock.lock();
      try {
        long nanos = wait.toNanos();
        while (!over && !taken(bytes)) {
          if (nanos <= 0) {
            return false;
          }
          nanos = givenBack.awaitNanos(nanos);
        }
        return !over;
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return false;
      } finally {
        lock.unlock();
      }
    }

    private boolean taken(int bytes) {
      if (ordinary.take(namespace, bytes)) {
        ofOrdinary += bytes;
        return true;
      }
      if (takesBack && kept.take(namespace, bytes)) {
        ofKept += bytes;
        return true;
      }
      return false;
    }

    /** So many of its bytes are in memory no more. */
    void less(int bytes) {
      lock.lock();
      try {
        if (!over) {
          long back = Math.min(bytes, ofKept);
          kept.giveBack(namespace, back);
          ofKept -= back;
          ordinary.giveBack(namespace, bytes - back);
          ofOrdinary -= bytes - back;
          givenBack.signalAll();
        }
      } finally {
        lock.unlock();
      }
    }

    /** Nobody keeps the answer any more. What still comes of it finds no room. */
    void giveBack() {
      lock.lock();
      try {
        if (!over) {
          over = true;
          ordinary.giveBack(namespace, ofOrdinary);
          kept.giveBack(namespace, ofKept);
          givenBack.signalAll();
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
