package io.secamo.processes.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.secamo.processes.fault.Fault.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;

/** Fills a request as far as the API server lets people: much first, then less. */
record Filling(ApiServer server, String request) {
  private static final String LONG = ("a".repeat(60) + ".").repeat(3) + "example.com/";
  private static final int[] MUCH = {5000, 500, 100, 64, 60, 50, 40, 32, 25, 20, 15, 10, 5, 3};

  /** Whether any of it was let in. */
  boolean by(Kind kind) {
    return switch (kind) {
      case LABELS -> IntStream.of(MUCH).anyMatch(n -> patched(names(n, "labels", "n")));
      case ANNOTATIONS ->
          IntStream.of(MUCH).anyMatch(n -> patched(names(n, "annotations", "v".repeat(2100))));
      case MANAGERS -> IntStream.range(0, 40).filter(this::applied).count() > 0;
      case FINALIZERS -> IntStream.of(MUCH).anyMatch(n -> patched(finalizers(n)));
      case OWNED -> patched(owned());
      default -> throw new IllegalArgumentException(kind + " fills nothing");
    };
  }

  /** Takes away what would keep it from going. */
  void undo() {
    for (boolean over = false; !over; ) {
      ApiServer.Answer now = server.get("requester", request);
      ObjectNode metadata = ApiServer.JSON.createObjectNode();
      var list = metadata.putArray("finalizers");
      if (now.code() == 200) {
        metadata.set("resourceVersion", now.json().at("/metadata/resourceVersion"));
        now.json().at("/metadata/finalizers").forEach(f -> ours(f.asText()).ifPresent(list::add));
      }
      over = now.code() == 404 || (now.code() == 200 && patched(metadata));
      Front.pause(Duration.ofMillis(50));
    }
  }

  private static Optional<String> ours(String finalizer) {
    return Optional.of(finalizer).filter(f -> f.startsWith("processes.secamo.io/"));
  }

  private boolean patched(ObjectNode metadata) {
    ObjectNode patch = ApiServer.JSON.createObjectNode();
    patch.set("metadata", metadata);
    return server.patch("requester", request, patch.toString()).code() < 300;
  }

  private static ObjectNode names(int count, String what, String value) {
    ObjectNode metadata = ApiServer.JSON.createObjectNode();
    ObjectNode names = metadata.putObject(what);
    for (int i = 0; i < count; i++) {
      names.put(LONG + i, value);
    }
    return metadata;
  }

  private static ObjectNode finalizers(int count) {
    ObjectNode metadata = ApiServer.JSON.createObjectNode();
    var list = metadata.putArray("finalizers").add("processes.secamo.io/duties");
    IntStream.range(0, count).forEach(i -> list.add(LONG + i));
    return metadata;
  }

  private static ObjectNode owned() {
    ObjectNode metadata = ApiServer.JSON.createObjectNode();
    ObjectNode owner = metadata.putArray("ownerReferences").addObject();
    owner.put("apiVersion", "v1").put("kind", "ConfigMap").put("name", "doomed");
    owner.put("uid", "00000000-0000-0000-0000-000000000000");
    return metadata;
  }

  /** What each manager has set is written down for each of them. */
  private boolean applied(int manager) {
    ObjectNode file = ApiServer.JSON.createObjectNode();
    file.put("apiVersion", "processes.secamo.io/v1alpha1").put("kind", "FirewallChangeRequest");
    ObjectNode metadata = file.putObject("metadata");
    ObjectNode set = metadata.putObject("annotations");
    IntStream.range(0, 30).forEach(i -> set.put(LONG + i, "v"));
    String path = request + "?fieldManager=somebody-" + manager;
    String type = "application/apply-patch+yaml";
    return server.send("requester", "PATCH", path, type, file.toString()).code() < 300;
  }
}
