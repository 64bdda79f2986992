package io.secamo.processes.connector.http;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The sockets to outside systems: reads share kept ones, a change has a fresh one. A kept socket
 * may be closed by the other side just now, and then nobody knows whether a change was read.
 *
 * <p>All who trust the same authorities share clients of Java, each of which has a thread; and of
 * those that trust others, only the last few keep theirs. Whoever may make Connections makes
 * thousands, each with authorities of its own if that costs more.
 */
public final class Sockets {
  static {
    RestrictedHeaders.allowConnection();
  }

  /** Beside those who trust the authorities of the system only. */
  static final int MOST = 32;

  private static final String SYSTEM = "";

  /** As many changes at a time as a connection makes unless its limits say otherwise. */
  private static final int MOST_IDLE = 8;

  private final Executor threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Duration connect;
  private final ReentrantLock lock = new ReentrantLock();

  /** By what they trust; who was used last is the last. */
  private final Map<String, Clients> known = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Opens none yet.
   *
   * @param limits whose time to connect counts
   * @throws IllegalStateException if this JVM does not let us close connections
   */
  public Sockets(Limits limits) {
    this.connect = limits.connect();
    closing(HttpRequest.newBuilder());
  }

  /**
   * The sockets to a system.
   *
   * @param authorities certificates in PEM form that are trusted in addition; null for none
   * @throws io.secamo.processes.connector.ConnectorFailure.Refused if they cannot be read
   */
  public Trusting trusting(@Nullable String authorities) {
    Clients clients = take(authorities == null ? SYSTEM : digest(authorities), authorities);
    giveBack(clients);
    return new Trusting(clients.trusts, clients.authorities);
  }

  /** The sockets to systems that are trusted alike. */
  public final class Trusting {
    private final String trusts;
    private final @Nullable String authorities;

    private Trusting(String trusts, @Nullable String authorities) {
      this.trusts = trusts;
      this.authorities = authorities;
    }

    /** Makes a call over a socket that may have been used before. */
    HttpResponse<byte[]> kept(Function<HttpClient, HttpResponse<byte[]>> call) {
      return over(clients -> call.apply(clients.reads()));
    }

    /**
     * Makes a call over a socket that nobody used before and nobody will use again. Its request has
     * to be {@link #closing}.
     */
    HttpResponse<byte[]> fresh(Function<HttpClient, HttpResponse<byte[]>> call) {
      return over(clients -> clients.fresh(call));
    }

    private HttpResponse<byte[]> over(Function<Clients, HttpResponse<byte[]>> call) {
      Clients clients = take(trusts, authorities);
      try {
        return call.apply(clients);
      } finally {
        giveBack(clients);
      }
    }
  }

  /** How many sets of authorities are kept in memory. */
  int contexts() {
    lock.lock();
    try {
      return known.size();
    } finally {
      lock.unlock();
    }
  }

  /** Nobody closes them before they are given back. */
  private Clients take(String trusts, @Nullable String authorities) {
    lock.lock();
    try {
      Clients there = known.get(trusts);
      if (there != null) {
        there.users++;
        return there;
      }
    } finally {
      lock.unlock();
    }
    // Reading certificates takes a while, and others should not wait for it.
    Clients made = new Clients(trusts, authorities, Trust.context(authorities));
    lock.lock();
    try {
      Clients first = known.putIfAbsent(trusts, made);
      Clients taken = first == null ? made : first;
      taken.users++;
      letGo();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void giveBack(Clients clients) {
    lock.lock();
    try {
      clients.users--;
      letGo();
    } finally {
      lock.unlock();
    }
  }

  /** Those that were not used for the longest time. */
  private void letGo() {
    Iterator<Clients> longest = known.values().iterator();
    while (known.size() > MOST + 1 && longest.hasNext()) {
      Clients clients = longest.next();
      if (clients.users == 0 && !clients.trusts.equals(SYSTEM)) {
        longest.remove();
        clients.close();
      }
    }
  }

  private static String digest(String authorities) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(authorities.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JVM has SHA-256", impossible);
    }
  }

  /** Asks the other side to close the connection after its answer (RFC 9112, section 9.6). */
  static HttpRequest.Builder closing(HttpRequest.Builder request) {
    try {
      return request.setHeader("Connection", "close");
    } catch (IllegalArgumentException restricted) {
      throw RestrictedHeaders.tooLate(restricted);
    }
  }

  /** The clients of Java that trust the same. */
  private final class Clients {
    private final String trusts;

    /** One text for all who share it. */
    private final @Nullable String authorities;

    private final SSLContext tls;
    private final Queue<HttpClient> idle = new ArrayBlockingQueue<>(MOST_IDLE);
    private final ReentrantLock making = new ReentrantLock();
    private @Nullable HttpClient reads;

    /** Calls that are under way; guarded by the lock of all. */
    private int users;

    private Clients(String trusts, @Nullable String authorities, SSLContext tls) {
      this.trusts = trusts;
      this.authorities = authorities;
      this.tls = tls;
    }

    private HttpClient reads() {
      making.lock();
      try {
        HttpClient known = reads == null ? client() : reads;
        reads = known;
        return known;
      } finally {
        making.unlock();
      }
    }

    private HttpResponse<byte[]> fresh(Function<HttpClient, HttpResponse<byte[]>> call) {
      HttpClient known = idle.poll();
      // To itself: no other change could find a socket that this one leaves behind.
      HttpClient own = known == null ? client() : known;
      boolean empty = false;
      try {
        HttpResponse<byte[]> answer = call.apply(own);
        empty = closes(answer);
        return answer;
      } finally {
        if (!empty || !idle.offer(own)) {
          own.shutdownNow();
        }
      }
    }

    /**
     * Java's client goes by the answer alone: unless that says close, it keeps the socket, whatever
     * was asked. Then the client has to go too.
     */
    private static boolean closes(HttpResponse<byte[]> answer) {
      return answer
          .headers()
          .firstValue("Connection")
          .filter("close"::equalsIgnoreCase)
          .isPresent();
    }

    private HttpClient client() {
      return HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(connect)
          .sslContext(tls)
          .executor(threads)
          .build();
    }

    /** Their threads would end when Java collects them, which may be never. */
    private void close() {
      if (reads != null) {
        reads.shutdownNow();
      }
      idle.forEach(HttpClient::shutdownNow);
    }
  }
}
