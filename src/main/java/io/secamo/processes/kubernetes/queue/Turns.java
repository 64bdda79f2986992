package io.secamo.processes.kubernetes.queue;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Whose pass is next. A start, a policy that changes or a crowd of new requests wakes thousands at
 * once; a few at a time get through sooner than all of them together, which would fill the heap and
 * be turned away by the systems that they ask. What has to be removed does not wait: the others may
 * stand in front of systems that do not answer.
 */
public final class Turns {
  /** Passes at a time. */
  static final int AT_A_TIME = 64;

  /** A customer whose systems are slow leaves room for the others. */
  static final int OF_ONE_NAMESPACE = AT_A_TIME / 2;

  private static final int STATUSES_AT_A_TIME = 16;
  private static final int STATUSES_OF_ONE_NAMESPACE = 4;

  /** Its end may come, or be asked for, while a request waits. */
  private static final long LOOK_AGAIN_MILLIS = 500;

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Waiting> waiting = new LinkedHashSet<>();
  private final Map<String, Integer> running = new HashMap<>();
  private final int atATime;
  private final int ofOneNamespace;
  private int all;

  /** Of passes. */
  public Turns() {
    this(AT_A_TIME, OF_ONE_NAMESPACE);
  }

  /**
   * Of something else.
   *
   * @param atATime how many at a time
   * @param ofOneNamespace how many of these in one namespace
   */
  public Turns(int atATime, int ofOneNamespace) {
    this.atATime = atATime;
    this.ofOneNamespace = ofOneNamespace;
  }

  /**
   * Of what only says in its status how it stands. The answer to each write is the whole object,
   * with whatever people filled it: hundreds at once do not fit into the heap.
   */
  public static Turns ofStatuses() {
    return new Turns(STATUSES_AT_A_TIME, STATUSES_OF_ONE_NAMESPACE);
  }

  /** The turn of one request; ends when it is closed. */
  public interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  /** Not a record: each is another one. */
  private static final class Waiting {
    private final String namespace;
    private final CountDownLatch in = new CountDownLatch(1);

    private Waiting(String namespace) {
      this.namespace = namespace;
    }
  }

  /**
   * Waits for the turn of a request, in the order of coming.
   *
   * @param due whether something has to be removed by now; asked again and again
   */
  public Turn await(String namespace, BooleanSupplier due) {
    Waiting mine = queue(namespace);
    try {
      while (!due.getAsBoolean()) {
        if (mine.in.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
          return () -> leave(namespace);
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return goPast(mine);
  }

  /** Waits for the turn of what is never due. */
  public Turn waitInOrder(String namespace) {
    Waiting mine = queue(namespace);
    try {
      mine.in.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return goPast(mine);
    }
    return () -> leave(namespace);
  }

  private Waiting queue(String namespace) {
    Waiting mine = new Waiting(namespace);
    lock.lock();
    try {
      waiting.add(mine);
      letIn();
      return mine;
    } finally {
      lock.unlock();
    }
  }

  private Turn goPast(Waiting mine) {
    lock.lock();
    try {
      return waiting.remove(mine) ? () -> {} : () -> leave(mine.namespace);
    } finally {
      lock.unlock();
    }
  }

  private void leave(String namespace) {
    lock.lock();
    try {
      all--;
      running.computeIfPresent(namespace, (name, many) -> many == 1 ? null : many - 1);
      letIn();
    } finally {
      lock.unlock();
    }
  }

  private void letIn() {
    Iterator<Waiting> inOrder = waiting.iterator();
    while (all < atATime && inOrder.hasNext()) {
      Waiting next = inOrder.next();
      if (running.getOrDefault(next.namespace, 0) < ofOneNamespace) {
        inOrder.remove();
        all++;
        running.merge(next.namespace, 1, Integer::sum);
        next.in.countDown();
      }
    }
  }
}
