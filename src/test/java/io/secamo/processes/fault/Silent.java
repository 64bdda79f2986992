package io.secamo.processes.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that accepts every connection and never says a word. */
final class Silent implements AutoCloseable {
  private static final int BACKLOG = 100;
  private final ServerSocket door;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> waiting = ConcurrentHashMap.newKeySet();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicInteger givenUp = new AtomicInteger();

  Silent() {
    try {
      door = new ServerSocket(0, BACKLOG, InetAddress.getByName("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var unused = threads.submit(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** How many calls wait for an answer. */
  int waiting() {
    return waiting.size();
  }

  /** How many have waited at the same time at most. */
  int most() {
    return most.get();
  }

  /** How many callers have hung up. */
  int givenUp() {
    return givenUp.get();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket caller = door.accept();
        waiting.add(caller);
        most.accumulateAndGet(waiting.size(), Math::max);
        var unused = threads.submit(() -> listen(caller));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void listen(Socket caller) {
    try (caller) {
      var unused = caller.getInputStream().readAllBytes();
    } catch (IOException hungUp) {
      // As good as the end of what it had to say.
    } finally {
      waiting.remove(caller);
      givenUp.incrementAndGet();
    }
  }

  @Override
  public void close() {
    try {
      door.close();
      for (Socket caller : waiting) {
        caller.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      threads.shutdownNow();
    }
  }
}
