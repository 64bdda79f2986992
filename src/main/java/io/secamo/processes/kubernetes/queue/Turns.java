package io.secamo.processes.kubernetes.queue;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Whose pass is next. A start, a policy that changes or a crowd of new requests wakes thousands at
 * once; a few at a time get through sooner than all of them together, which would fill the heap and
 * be turned away by the systems that they ask. What has to be removed does not wait behind the
 * others, who may stand in front of systems that do not answer: there are places that are kept for
 * it. Of these a namespace gets no more than it leaves, for its removals may stand there as well.
 */
public final class Turns {
  /** Passes at a time, whatever they are for. */
  static final int AT_A_TIME = 64;

  /** A customer whose systems are slow leaves room for the others. */
  static final int OF_ONE_NAMESPACE = AT_A_TIME / 2;

  /** Passes at a time beside these, for what has to be removed. */
  static final int KEPT = AT_A_TIME / 2;

  private static final int STATUSES_AT_A_TIME = 16;
  private static final int STATUSES_OF_ONE_NAMESPACE = 4;

  /** Its end may come, or be asked for, while a request waits. */
  private static final long LOOK_AGAIN_MILLIS = 500;

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Waiting> waiting = new LinkedHashSet<>();

  /** Those of them for which places are kept. */
  private final Set<Waiting> due = new LinkedHashSet<>();

  private final Places ordinary;
  private final Places kept = new Places(KEPT, left -> left);

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
    this.ordinary = new Places(atATime, left -> ofOneNamespace);
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
    private @Nullable Places from;

    private Waiting(String namespace) {
      this.namespace = namespace;
    }
  }

  /** Places of one sort, and who has them. */
  private static final class Places {
    private final Map<String, Integer> running = new HashMap<>();
    private final IntUnaryOperator most;
    private int left;

    /** So many, and the most of them for one namespace, by how many are left. */
    private Places(int all, IntUnaryOperator most) {
      this.left = all;
      this.most = most;
    }

    private boolean take(String namespace) {
      if (left == 0 || running.getOrDefault(namespace, 0) >= most.applyAsInt(left)) {
        return false;
      }
      left--;
      running.merge(namespace, 1, Integer::sum);
      return true;
    }

    private void giveBack(String namespace) {
      left++;
      running.computeIfPresent(namespace, (name, many) -> many == 1 ? null : many - 1);
    }
  }

  /**
   * Waits for the turn of a request, in the order of coming.
   *
   * @param isDue whether something has to be removed by now; asked again and again
   * @param stillWaits called again and again while that is so and there is no place even for it
   */
  public Turn await(String namespace, BooleanSupplier isDue, Runnable stillWaits) {
    Waiting mine = queue(namespace);
    try {
      boolean known = isDue.getAsBoolean();
      while (!let(mine, known)) {
        if (known) {
          stillWaits.run();
        } else {
          known = isDue.getAsBoolean();
        }
      }
      return () -> leave(mine);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return goPast(mine);
    }
  }

  /** Waits for the turn of what is never due. */
  public Turn waitInOrder(String namespace) {
    Waiting mine = queue(namespace);
    try {
      mine.in.await();
      return () -> leave(mine);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return goPast(mine);
    }
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

  /** Waits a while; whether it is its turn. */
  private boolean let(Waiting mine, boolean isDue) throws InterruptedException {
    if (isDue) {
      keepFor(mine);
    }
    return mine.in.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void keepFor(Waiting mine) {
    lock.lock();
    try {
      if (mine.from == null && due.add(mine)) {
        letIn();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The operator ends. */
  private Turn goPast(Waiting mine) {
    lock.lock();
    try {
      due.remove(mine);
      return waiting.remove(mine) ? () -> {} : () -> leave(mine);
    } finally {
      lock.unlock();
    }
  }

  private void leave(Waiting mine) {
    lock.lock();
    try {
      if (mine.from != null) {
        mine.from.giveBack(mine.namespace);
      }
      letIn();
    } finally {
      lock.unlock();
    }
  }

  private void letIn() {
    letIn(waiting, ordinary);
    letIn(due, kept);
  }

  private void letIn(Set<Waiting> those, Places places) {
    Iterator<Waiting> inOrder = those.iterator();
    while (places.left > 0 && inOrder.hasNext()) {
      Waiting next = inOrder.next();
      if (places.take(next.namespace)) {
        inOrder.remove();
        List.of(waiting, due).forEach(queue -> queue.remove(next));
        next.from = places;
        next.in.countDown();
      }
    }
  }
}
