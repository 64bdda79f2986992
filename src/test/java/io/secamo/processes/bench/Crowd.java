package io.secamo.processes.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.secamo.processes.fault.ApiServer;
import io.secamo.processes.fault.Story;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Four people who ask and four who vote as soon as one watch on all requests shows them waiting.
 */
final class Crowd implements AutoCloseable {
  private static final int EACH = 4;
  private final ApiServer server;
  private final String collection;
  private final ExecutorService askers = Executors.newFixedThreadPool(EACH);
  private final ExecutorService voters = Executors.newFixedThreadPool(EACH);
  private final Map<String, String> waiting = new ConcurrentHashMap<>();
  private final Set<String> voted = ConcurrentHashMap.newKeySet();
  private final Semaphore shown = new Semaphore(0);
  private final Semaphore finished = new Semaphore(0);
  private final Set<String> done = ConcurrentHashMap.newKeySet();
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private volatile boolean voting;
  private volatile boolean closed;

  Crowd(ApiServer server, String collection) {
    this.server = server;
    this.collection = collection;
    Thread.ofPlatform().daemon().start(this::watch);
  }

  /** Whether they vote at once when something waits. */
  void vote(boolean atOnce) {
    voting = atOnce;
  }

  /** Submits so many requests. */
  void ask(String prefix, int count, Story story) {
    for (int i = 0; i < count; i++) {
      String name = prefix + "-" + i;
      asked.add(name);
      var unused =
          askers.submit(() -> server.post("requester", collection, story.yaml(name)).orFail());
    }
  }

  void awaitWaiting(int count) throws InterruptedException {
    shown.acquire(count);
  }

  void awaitFinished(int count) throws InterruptedException {
    finished.acquire(count);
  }

  /** Votes for one that waits. */
  void approve(String name) {
    String vote =
        "{\"metadata\":{\"annotations\":{\"processes.secamo.io/approve\":\"%s fine\"}}}"
            .formatted(waiting.get(name));
    server.patch("approver", collection + "/" + name, vote).orFail();
  }

  private void watch() {
    String from = "0";
    while (!closed) {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(
                  server.stream(
                          server
                              .to(collection + "?watch=1&resourceVersion=" + from)
                              .header("Authorization", "Bearer " + server.token("admin"))
                              .build())
                      .body(),
                  StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          JsonNode object = ApiServer.JSON.readTree(line).path("object");
          from = object.at("/metadata/resourceVersion").asText(from);
          look(object);
        }
      } catch (IOException ended) {
        continue;
      }
    }
  }

  private void look(JsonNode object) {
    String name = object.at("/metadata/name").asText();
    String state = object.at("/status/state").asText();
    if (!asked.contains(name)) {
      return;
    }
    if (state.equals("AwaitingApproval")) {
      if (waiting.put(name, object.at("/status/plan/digest").asText()) == null) {
        shown.release();
      }
      if (voting && voted.add(name)) {
        var unused = voters.submit(() -> approve(name));
      }
    } else if ((state.equals("Completed") || state.equals("Withdrawn")) && done.add(name)) {
      finished.release();
    }
  }

  @Override
  public void close() {
    closed = true;
    askers.shutdownNow();
    voters.shutdownNow();
  }
}
