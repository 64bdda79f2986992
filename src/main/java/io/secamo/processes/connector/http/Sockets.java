package io.secamo.processes.connector.http;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * The sockets to one outside system: reads share kept ones, a change has a fresh one. A kept socket
 * may be closed by the other side just now, and then nobody knows whether a change was read.
 */
final class Sockets {
  /** As many changes at a time as a connection makes unless its limits say otherwise. */
  private static final int MOST_IDLE = 8;

  private final Executor threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<HttpClient> idle = new ArrayBlockingQueue<>(MOST_IDLE);
  private final Duration connect;
  private final SSLContext tls;
  private final HttpClient reads;

  /**
   * Opens none yet.
   *
   * @param connect until a connection stands
   * @throws IllegalStateException if this JVM does not let us close connections
   */
  Sockets(Duration connect, SSLContext tls) {
    this.connect = connect;
    this.tls = tls;
    closing(HttpRequest.newBuilder());
    this.reads = client();
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

  /** Asks the other side to close the connection after its answer (RFC 9112, section 9.6). */
  static HttpRequest.Builder closing(HttpRequest.Builder request) {
    try {
      return request.setHeader("Connection", "close");
    } catch (IllegalArgumentException restricted) {
      throw RestrictedHeaders.tooLate(restricted);
    }
  }

  /** Makes a call over a socket that may have been used before. */
  HttpResponse<byte[]> kept(Function<HttpClient, HttpResponse<byte[]>> call) {
    return call.apply(reads);
  }

  /**
   * Makes a call over a socket that nobody used before and nobody will use again. Its request has
   * to be {@link #closing}.
   */
  HttpResponse<byte[]> fresh(Function<HttpClient, HttpResponse<byte[]>> call) {
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
    return answer.headers().firstValue("Connection").filter("close"::equalsIgnoreCase).isPresent();
  }
}
