package io.secamo.processes.fault;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Every version of one request that the API server ever had, as it came. */
final class History implements AutoCloseable {
  private final List<Version> versions = new CopyOnWriteArrayList<>();
  private final Thread recorder;
  private volatile boolean closed;
  private final String object;
  private volatile String from = "0";

  /**
   * One version.
   *
   * @param type ADDED, MODIFIED or DELETED
   */
  record Version(Instant at, String type, JsonNode object) {
    String state() {
      return object.at("/status/state").asText("");
    }

    String digest() {
      return object.at("/status/plan/digest").asText("");
    }
  }

  History(ApiServer server, String collection, String name) {
    object = collection + "/" + name;
    String path = collection + "?watch=1&fieldSelector=metadata.name%3D" + name;
    recorder =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!closed) {
                    follow(server, path + "&resourceVersion=" + from);
                  }
                });
  }

  private void follow(ApiServer server, String path) {
    HttpRequest request =
        server.to(path).header("Authorization", "Bearer " + server.token("admin")).build();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(server.stream(request).body(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode event = ApiServer.JSON.readTree(line);
        String type = event.path("type").asText("");
        if (type.isEmpty() || type.equals("ERROR")) {
          if (event.at("/object/code").asInt() == 410 || event.path("code").asInt() == 410) {
            begunAnew(server);
          }
          Front.pause(Duration.ofMillis(100));
          return;
        }
        from = event.at("/object/metadata/resourceVersion").asText();
        versions.add(new Version(Instant.now(), type, event.path("object")));
      }
    } catch (IOException ended) {
      // The next round goes on from the last version.
      Front.pause(Duration.ofMillis(100));
    }
  }

  /**
   * When the definition of the kind is exchanged, every watch begins anew, with what is there then:
   * what was deleted in that moment is told by nobody.
   */
  private void begunAnew(ApiServer server) {
    from = "0";
    Version last = last();
    if (last != null
        && !last.type().equals("DELETED")
        && server.get("admin", object).code() == 404) {
      versions.add(new Version(Instant.now(), "DELETED", last.object()));
    }
  }

  List<Version> versions() {
    return List.copyOf(versions);
  }

  /** The newest version; null before the first. */
  Version last() {
    return versions.isEmpty() ? null : versions.get(versions.size() - 1);
  }

  @Override
  public void close() {
    closed = true;
    recorder.interrupt();
  }
}
