package io.secamo.processes.kubernetes.reading;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets passes that need the same thing from the API server at the same moment share one reading.
 * Whoever asks gets a reading that began after the question, so nothing is older than if everybody
 * read alone; but a hundred questions that come while one reading is under way make one more.
 *
 * @param <V> what is read
 */
public final class SharedReads<V> {
  private final Map<String, Line> lines = new ConcurrentHashMap<>();

  /** Those who wait for the next reading of one thing. */
  private final class Line {
    private final ReentrantLock reading = new ReentrantLock();
    private final AtomicReference<@Nullable CompletableFuture<V>> next = new AtomicReference<>();

    private V read(Supplier<V> how) {
      CompletableFuture<V> own = new CompletableFuture<>();
      CompletableFuture<V> first = next.compareAndExchange(null, own);
      if (first != null) {
        return result(first);
      }
      reading.lock();
      try {
        // From here on a question has to wait for another reading.
        next.set(null);
        own.complete(how.get());
      } catch (RuntimeException failure) {
        own.completeExceptionally(failure);
      } catch (Error end) {
        own.completeExceptionally(end);
        throw end;
      } finally {
        reading.unlock();
      }
      return result(own);
    }
  }

  /**
   * A reading that began after this call.
   *
   * @param what names the thing; equal names share
   * @param how reads it; what it throws is thrown to everybody who shares it
   */
  public V read(String what, Supplier<V> how) {
    Line line = lines.computeIfAbsent(what, name -> new Line());
    try {
      return line.read(how);
    } finally {
      // Requesters choose some of the names, so none is kept for ever. Whoever still waits there
      // has its reading; who comes now only does not share it.
      if (line.next.get() == null) {
        lines.remove(what, line);
      }
    }
  }

  private static <V> V result(CompletableFuture<V> shared) {
    try {
      return shared.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException ours) {
        throw ours;
      }
      if (failed.getCause() instanceof Error end) {
        throw end;
      }
      throw failed;
    }
  }
}
