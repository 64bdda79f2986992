package io.secamo.processes.attack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.secamo.processes.attack.Wire.Answer;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes attempts and compares what the API server answers with what the rules say. */
final class Attacker {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private final Scene scene;

  /** What was written, over what, and what came of it. */
  record Outcome(
      Attempt attempt, ObjectNode before, ObjectNode wanted, String request, Answer answer) {
    boolean refused() {
      return !answer.allowed();
    }

    /** What is wrong with the answer, or nothing. */
    String fault() {
      return Judge.fault(this);
    }

    String told() {
      String shortened = request.length() > 600 ? request.substring(0, 600) + "…" : request;
      String said = answer.allowed() ? answer.body().toString() : answer.message();
      String cut = said.length() > 900 ? said.substring(0, 900) + "…" : said;
      return attempt
          + ": "
          + fault()
          + "\n  sent "
          + shortened
          + "\n  got "
          + answer.code()
          + " "
          + cut;
    }
  }

  Attacker(Scene scene) {
    this.scene = scene;
  }

  /** All at once, as fast as two cores go; without a trace on the server. */
  List<Outcome> tryAll(List<Attempt> attempts) throws InterruptedException, ExecutionException {
    var outcomes = new ConcurrentLinkedQueue<Outcome>();
    try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
      List<Future<?>> all = new java.util.ArrayList<>();
      for (Attempt attempt : attempts) {
        all.add(pool.submit(() -> outcomes.add(attack(attempt))));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    return List.copyOf(outcomes);
  }

  /** On the prepared request of this state and stage, as a dry run. */
  Outcome attack(Attempt attempt) {
    ObjectNode before =
        attempt.verb().creates()
            ? scene.unborn("new-" + COUNT.incrementAndGet())
            : scene.request(attempt.state(), attempt.stage());
    return attack(attempt, before, true);
  }

  Outcome attack(Attempt attempt, ObjectNode before, boolean dry) {
    ObjectNode wanted = before.deepCopy();
    attempt.trick().edit.make(wanted, attempt.person());
    String body = attempt.verb().deletes() ? "" : body(attempt, before, wanted);
    String path = path(attempt, before) + query(attempt, before, dry);
    Verb verb = attempt.verb();
    Answer answer = scene.wire.send(attempt.person(), verb.method, path, verb.contentType, body);
    return new Outcome(attempt, before, wanted, verb.method + " " + path + " " + body, answer);
  }

  private String path(Attempt attempt, ObjectNode before) {
    boolean all = attempt.verb() == Verb.CREATE || attempt.verb() == Verb.DELETE_COLLECTION;
    boolean whole = all && attempt.part() == Verb.Part.OBJECT;
    return (whole ? scene.collection() : scene.path(before)) + attempt.part().path;
  }

  private static String query(Attempt attempt, ObjectNode before, boolean dry) {
    String query = dry ? "?dryRun=All" : "?pretty=false";
    if (attempt.verb().applies()) {
      query += "&force=true";
    }
    if (attempt.verb() == Verb.DELETE_COLLECTION) {
      query += "&fieldSelector=metadata.name%3D" + before.at("/metadata/name").asText();
    }
    return attempt.verb().deletes() ? query : query + "&fieldManager=" + Scene.MANAGER;
  }

  private static String body(Attempt attempt, ObjectNode before, ObjectNode wanted) {
    return switch (attempt.verb()) {
      case JSON_PATCH -> Diff.json(before, wanted).toString();
      case MERGE_PATCH, STRATEGIC_PATCH -> Diff.merge(before, wanted).toString();
      case APPLY, APPLY_ABSENT -> ascii(applied(attempt, wanted).toString());
      default -> wanted.toString();
    };
  }

  /** YAML folds line ends that JSON keeps: only an escape says what is meant. */
  private static String ascii(String json) {
    StringBuilder text = new StringBuilder();
    json.chars().forEach(c -> text.append(c < 127 ? "" + (char) c : String.format("\\u%04x", c)));
    return text.toString();
  }

  /** What a person would have in a file. */
  private static ObjectNode applied(Attempt attempt, ObjectNode wanted) {
    ObjectNode file = wanted.deepCopy();
    if (attempt.part() == Verb.Part.OBJECT && !attempt.is(Fact.STATUS)) {
      file.remove("status");
    }
    ((ObjectNode) file.get("metadata"))
        .remove(
            List.of("managedFields", "uid", "resourceVersion", "creationTimestamp", "generation"));
    return file;
  }
}
