package io.secamo.processes.connector.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A server on loopback that does whatever a test asks of it. */
final class Misbehaving implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private Misbehaving(HttpServer server, HttpHandler handler) {
    this.server = server;
    server.createContext("/", handler);
    server.setExecutor(threads);
    server.start();
  }

  static Misbehaving by(HttpHandler handler) throws IOException {
    return new Misbehaving(HttpServer.create(anyPort(), 0), handler);
  }

  static Misbehaving withTls(SSLContext context, HttpHandler handler) throws IOException {
    HttpsServer server = HttpsServer.create(anyPort(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return new Misbehaving(server, handler);
  }

  static Misbehaving answering(int status, @Nullable String type, String body, String... headers)
      throws IOException {
    return by(exchange -> answer(exchange, status, type, body, headers));
  }

  static void answer(
      HttpExchange exchange, int status, @Nullable String type, String body, String... headers)
      throws IOException {
    exchange.getRequestBody().readAllBytes();
    if (type != null) {
      exchange.getResponseHeaders().set("Content-Type", type);
    }
    for (int i = 0; i < headers.length; i += 2) {
      exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  String address() {
    return "http://127.0.0.1:" + port();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** Reads the request, writes these bytes, and resets the connection. */
  static ServerSocket resetting(String bytes) throws IOException {
    return resetting(bytes, Duration.ZERO);
  }

  static ServerSocket resetting(String bytes, Duration pause) throws IOException {
    ServerSocket listener = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
    Thread thread =
        new Thread(
            () -> {
              while (!listener.isClosed()) {
                try (Socket caller = listener.accept()) {
                  InputStream in = caller.getInputStream();
                  byte[] request = new byte[8192];
                  int length = in.read(request);
                  caller.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
                  caller.getOutputStream().flush();
                  Thread.sleep(pause);
                  caller.setSoLinger(length > 0, 0);
                } catch (InterruptedException over) {
                  return;
                } catch (IOException closed) {
                  // The test is over, or the caller went away: both are fine.
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
    return listener;
  }

  private static InetSocketAddress anyPort() throws IOException {
    return new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
  }
}
