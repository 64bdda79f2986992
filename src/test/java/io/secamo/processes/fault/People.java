package io.secamo.processes.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** Requester and approver of a story: they look at the request and do their part. */
final class People {
  private static final String OURS = "processes.secamo.io/";
  private final ApiServer server;
  private final Story story;
  private final String request;
  private final Set<String> voted = new HashSet<>();
  private boolean acted;
  private Instant asked = Instant.MIN;
  private int times;

  People(ApiServer server, Story story, String request) {
    this.server = server;
    this.story = story;
    this.request = request;
  }

  /** Does what is to be done at this version of the request. */
  void look(History.Version now) {
    switch (now.state()) {
      case "AwaitingApproval" -> awaited(now.digest());
      case "InForce" -> {
        if (story == Story.DELETED_IN_FORCE && !acted) {
          acted = server.delete("requester", request).code() < 300;
        }
      }
      case "NeedsAttention" -> again();
      default -> {}
    }
  }

  private void awaited(String digest) {
    switch (story) {
      case TEMPORARY, LASTING, DELETED_IN_FORCE, REMOVED -> vote("approve", digest);
      case REJECTED -> vote("reject", digest);
      case WITHDRAWN -> {
        if (!acted) {
          acted =
              server.patch("requester", request, "{\"spec\":{\"withdrawn\":true}}").code() < 300;
        }
      }
      case DELETED_EARLY -> {
        if (!acted) {
          acted = server.delete("requester", request).code() < 300;
        }
      }
      case TIMED_OUT -> {}
    }
  }

  private void vote(String word, String digest) {
    if (!voted.contains(digest)
        && annotate("approver", word, digest + " looks fine").code() < 300) {
      voted.add(digest);
    }
  }

  /**
   * Somebody looks at what is stuck and says: try again; each time a little later, because every
   * such word makes the operator begin anew.
   */
  private void again() {
    if (Instant.now().isAfter(asked.plusMillis(1500L + 700L * times))) {
      asked = Instant.now();
      annotate("requester", "requested-at", "again-" + ++times);
    }
  }

  private ApiServer.Answer annotate(String person, String key, String value) {
    ObjectNode patch = ApiServer.JSON.createObjectNode();
    patch.putObject("metadata").putObject("annotations").put(OURS + key, value);
    return server.patch(person, request, patch.toString());
  }
}
