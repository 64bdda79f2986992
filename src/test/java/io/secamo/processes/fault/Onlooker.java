package io.secamo.processes.fault;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Sees every version of every request of a namespace, and keeps the newest of each. */
final class Onlooker implements AutoCloseable {
  private final ApiServer server;
  private final String collection;
  private final Consumer<JsonNode> told;
  private final Map<String, JsonNode> newest = new ConcurrentHashMap<>();
  private final Map<String, JsonNode> gone = new ConcurrentHashMap<>();
  private final List<String> defects = new CopyOnWriteArrayList<>();
  private final Thread watching;
  private volatile String from = "0";
  private volatile boolean closed;

  /**
   * Begins to look.
   *
   * @param told of each version, in order
   */
  Onlooker(ApiServer server, String collection, Consumer<JsonNode> told) {
    this.server = server;
    this.collection = collection;
    this.told = told;
    this.watching = Thread.ofVirtual().start(this::watch);
  }

  private void watch() {
    while (!closed) {
      HttpRequest request =
          server
              .to(collection + "?watch=1&resourceVersion=" + from)
              .header("Authorization", "Bearer " + server.token("admin"))
              .build();
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(server.stream(request).body(), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          see(ApiServer.JSON.readTree(line));
        }
      } catch (IOException ended) {
        Front.pause(java.time.Duration.ofMillis(100));
      }
    }
  }

  private void see(JsonNode event) {
    JsonNode object = event.path("object");
    String name = object.at("/metadata/name").asText();
    if (name.isEmpty()) {
      from = "0"; // what we have seen is too old for the server
      return;
    }
    from = object.at("/metadata/resourceVersion").asText();
    if (object.path("status").toString().contains("a defect of the operator")) {
      defects.add(name + ": " + object.at("/status/message").asText());
    }
    if (event.path("type").asText().equals("DELETED")) {
      newest.remove(name);
      gone.put(name, object);
    } else {
      newest.put(name, object);
      told.accept(object);
    }
  }

  /** The newest version of a request that is there. */
  JsonNode now(String name) {
    return newest.getOrDefault(name, ApiServer.JSON.missingNode());
  }

  /** The last version of a request that has gone. */
  JsonNode last(String name) {
    return gone.getOrDefault(name, ApiServer.JSON.missingNode());
  }

  /** Messages that admit a defect, of any version. */
  List<String> defects() {
    return new ArrayList<>(defects);
  }

  @Override
  public void close() {
    closed = true;
    watching.interrupt();
  }
}
