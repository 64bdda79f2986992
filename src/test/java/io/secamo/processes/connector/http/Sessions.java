package io.secamo.processes.connector.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on loopback that remembers which requests came over which socket. */
final class Sessions implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<List<String>> sockets = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final boolean polite;

  /**
   * Begins.
   *
   * @param polite whether it says and does so when it is asked to close a connection; else it goes
   *     on as if it had not been asked
   */
  Sessions(boolean polite) throws IOException {
    this.polite = polite;
    threads.execute(this::welcome);
  }

  String address() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  /** Methods of the requests, for each socket in the order of their arrival. */
  List<List<String>> sockets() {
    return sockets.stream().map(List::copyOf).toList();
  }

  private void welcome() {
    try {
      while (true) {
        Socket socket = listener.accept();
        List<String> seen = new CopyOnWriteArrayList<>();
        open.add(socket);
        sockets.add(seen);
        threads.execute(() -> serve(socket, seen));
      }
    } catch (IOException over) {
      threads.shutdown();
    }
  }

  private void serve(Socket socket, List<String> seen) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      boolean close = false;
      while (!close) {
        String first = in.readLine();
        if (first == null) {
          return;
        }
        seen.add(first.split(" ", 2)[0]);
        close = asked(in) && polite;
        String header = close ? "Connection: close\r\n" : "";
        socket
            .getOutputStream()
            .write(
                ("HTTP/1.1 200 OK\r\n" + header + "Content-Length: 2\r\n\r\n{}")
                    .getBytes(StandardCharsets.ISO_8859_1));
      }
    } catch (IOException over) {
      // The caller went away.
    }
  }

  /** Reads the rest of the request; tells whether it asks to close. */
  private static boolean asked(BufferedReader in) throws IOException {
    boolean close = false;
    int length = 0;
    for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
      String header = line.toLowerCase(Locale.ROOT);
      close |= header.equals("connection: close");
      if (header.startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(15).strip());
      }
    }
    for (int left = length; left > 0; left--) {
      int unused = in.read();
    }
    return close;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
