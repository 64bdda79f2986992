package io.secamo.processes.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Bare HTTP to an outside system, real or not, without any code of the operator. */
final class Wire {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> PASSED_BACK =
      List.of("Content-Type", "X-Subject-Token", "Retry-After");

  private Wire() {}

  /** What comes of a call; {@code path} may have a query. */
  static CompletableFuture<Reply> begin(
      String base, String method, String path, Map<String, String> headers, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(PATIENCE)
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    // A kept connection may be closed by the other side just now: that would be a fault that nobody
    // has planned.
    HttpClient once = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    return once.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
        .thenApply(Wire::reply)
        .whenComplete((reply, broken) -> once.shutdown());
  }

  /** Makes a call and waits for its answer. */
  static Reply send(
      String base, String method, String path, Map<String, String> headers, String body)
      throws IOException {
    return join(begin(base, method, path, headers, body.getBytes(UTF_8)));
  }

  /** Waits for an answer; who stops waiting does not stop the call. */
  static Reply join(CompletableFuture<Reply> call) throws IOException {
    try {
      return call.get();
    } catch (ExecutionException broken) {
      throw new IOException(broken.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static Reply reply(HttpResponse<String> answer) {
    Map<String, String> headers = new HashMap<>();
    for (String name : PASSED_BACK) {
      answer.headers().firstValue(name).ifPresent(value -> headers.put(name, value));
    }
    return new Reply(answer.statusCode(), answer.body(), headers);
  }
}
