package io.secamo.processes.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Stands for Request Tracker 5: the calls of REST2 that the operator makes, with the habits that
 * were seen on the real one (unique keys are dropped silently, ends are 200 with a text).
 */
final class TicketDesk {
  static final String TOKEN = "1-14-canarysecretofthedesk";
  private static final String QUEUE = "FwChanges";
  private static final String USER = "14";
  private static final Set<String> STATES =
      Set.of("new", "open", "stalled", "resolved", "rejected", "deleted");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Reply NOT_FOUND = no(404, "Not Found");
  private final Ledger ledger;
  private final List<Ticket> tickets = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private final List<Ticket> incidents = new ArrayList<>();
  private Instant blindUntil = Instant.MIN;
  private String accepted = TOKEN;

  /** A ticket. */
  private static final class Ticket {
    private final int id;
    private final String key;
    private final String subject;
    private final Instant made = Instant.now();
    private String status = "new";
    private Ticket mergedInto;
    private boolean everMerged;
    private final List<Integer> texts = new ArrayList<>();

    private Ticket(int id, String key, String subject) {
      this.id = id;
      this.key = key;
      this.subject = subject;
    }
  }

  TicketDesk(Ledger ledger) {
    this.ledger = ledger;
  }

  /** From now on new tickets are not found for a while, as with a search index that lags. */
  synchronized void blind(Instant until) {
    blindUntil = until;
  }

  /** From now on another token is right. */
  synchronized void changeToken(String next) {
    accepted = next;
  }

  /** Somebody at the desk sets the state of the ticket for a request. */
  synchronized void setByHand(String request, String status) {
    about(request).forEach(ticket -> ticket.status = status);
  }

  /** Somebody at the desk merges the ticket for a request into an incident of somebody else. */
  synchronized boolean merge(String request) {
    for (Ticket ticket : about(request)) {
      Ticket incident = new Ticket(tickets.size() + 1, "", "Somebody else's incident");
      incident.status = "open";
      tickets.add(incident);
      incidents.add(incident);
      ticket.mergedInto = incident;
      ticket.everMerged = true;
    }
    return !about(request).isEmpty();
  }

  synchronized void mergeNoMore(String request) {
    about(request).forEach(ticket -> ticket.mergedInto = null);
  }

  /** Incidents of others that were written to. */
  synchronized List<String> foreignTouched() {
    return incidents.stream()
        .filter(t -> !t.texts.isEmpty() || !t.status.equals("open"))
        .map(t -> Integer.toString(t.id))
        .toList();
  }

  /** Answers a call. */
  synchronized Reply answer(
      String method, String path, Map<String, String> query, String token, JsonNode body) {
    if (!("token " + accepted).equals(token)) {
      return no(401, "Unauthorized");
    }
    String[] words = path.substring("/REST/2.0/".length()).split("/");
    try {
      return route(method, words, query, body);
    } catch (IndexOutOfBoundsException noSuchNumber) {
      return absent(method, words);
    }
  }

  /** The real one has a word of its own in each route. */
  private static Reply absent(String method, String[] words) {
    if (words[0].equals("attachment")) {
      return no(500, "Internal Server Error");
    }
    if (words.length < 3) {
      return NOT_FOUND;
    }
    return method.equals("POST") ? no(400, "Bad Request") : Reply.of(200, "{\"items\":[]}");
  }

  private Reply route(String method, String[] words, Map<String, String> query, JsonNode body) {
    return switch (method + " " + words[0]) {
      case "GET queue" -> words[1].equals(QUEUE) ? queue() : no(403, "Forbidden");
      case "GET user" -> words[1].equals(USER) ? user() : NOT_FOUND;
      case "GET tickets" -> search(query.getOrDefault("query", ""));
      case "POST ticket" -> words.length == 3 ? comment(ticket(words[1]), body) : open(body);
      case "GET ticket" ->
          words.length == 3 ? history(ticket(words[1]), query) : show(ticket(words[1]));
      case "PUT ticket" -> status(ticket(words[1]), body);
      case "GET attachment" -> attachment(Integer.parseInt(words[1]));
      default -> NOT_FOUND;
    };
  }

  private static Reply no(int status, String why) {
    return Reply.of(status, JSON.createObjectNode().put("message", why));
  }

  private Ticket ticket(String id) {
    Ticket ticket = tickets.get(Integer.parseInt(id) - 1);
    return ticket.mergedInto == null ? ticket : ticket.mergedInto;
  }

  private static Reply user() {
    return Reply.of(200, JSON.createObjectNode().put("Name", "orchestrator"));
  }

  private static Reply queue() {
    ObjectNode queue = JSON.createObjectNode().put("Name", QUEUE).put("Disabled", "0");
    queue.putArray("TicketCustomFields").addObject().put("name", "opkey");
    return Reply.of(200, queue);
  }

  private Reply search(String query) {
    ObjectNode found = JSON.createObjectNode();
    ArrayNode items = found.putArray("items");
    for (Ticket ticket : tickets) {
      boolean hidden =
          Instant.now().isBefore(blindUntil) && ticket.made.isAfter(blindUntil.minusSeconds(30));
      hidden |= ticket.mergedInto != null;
      if (!hidden && !ticket.key.isEmpty() && query.contains("'" + ticket.key + "'")) {
        items.add(json(ticket).put("id", Integer.toString(ticket.id)));
      }
    }
    return Reply.of(200, found);
  }

  private static ObjectNode json(Ticket ticket) {
    ObjectNode json = JSON.createObjectNode().put("id", ticket.id).put("Status", ticket.status);
    json.put("Subject", ticket.subject);
    ObjectNode field = json.putArray("CustomFields").addObject().put("name", "opkey");
    ArrayNode values = field.putArray("values");
    if (!ticket.key.isEmpty()) {
      values.add(ticket.key);
    }
    return json;
  }

  private Reply open(JsonNode body) {
    if (!body.path("Queue").asText().equals(QUEUE)) {
      return no(403, "No permission to create tickets in the queue");
    }
    String wanted = body.at("/CustomFields/opkey").asText();
    Optional<Ticket> holder = tickets.stream().filter(t -> t.key.equals(wanted)).findFirst();
    Ticket made =
        new Ticket(
            tickets.size() + 1, holder.isPresent() ? "" : wanted, body.path("Subject").asText());
    tickets.add(made);
    said(made, body.path("Content").asText());
    ledger.did(
        "ticket.opened",
        Integer.toString(made.id),
        made.key + " " + made.subject + " " + body.path("Content").asText());
    return Reply.of(
        201, JSON.createObjectNode().put("id", Integer.toString(made.id)).put("type", "ticket"));
  }

  private void said(Ticket ticket, String text) {
    texts.add(text);
    ticket.texts.add(texts.size());
  }

  private static Reply show(Ticket ticket) {
    return Reply.of(200, json(ticket));
  }

  private Reply status(Ticket ticket, JsonNode body) {
    String status = body.path("Status").asText();
    ArrayNode said = JSON.createArrayNode();
    if (!STATES.contains(status)) {
      said.add("Ticket " + ticket.id + ": Status '" + status + "' isn't a valid status");
    } else if (!ticket.status.equals(status)) {
      said.add("Ticket " + ticket.id + ": Status changed");
      ticket.status = status;
      ledger.did("ticket." + status, Integer.toString(ticket.id), "");
    }
    return Reply.of(200, said);
  }

  private Reply comment(Ticket ticket, JsonNode body) {
    said(ticket, body.path("Content").asText());
    ledger.did("ticket.comment", Integer.toString(ticket.id), body.path("Content").asText());
    return Reply.of(201, JSON.createArrayNode().add("Comments added"));
  }

  /** A page of the texts, newest first, as they are asked for. */
  private static Reply history(Ticket ticket, Map<String, String> query) {
    int size = Integer.parseInt(query.getOrDefault("per_page", "20"));
    int page = Integer.parseInt(query.getOrDefault("page", "1"));
    ObjectNode found = JSON.createObjectNode();
    ArrayNode items = found.putArray("items");
    List<Integer> newest = ticket.texts.reversed();
    int from = Math.min(newest.size(), (page - 1) * size);
    for (int id : newest.subList(from, Math.min(newest.size(), from + size))) {
      ObjectNode item = items.addObject().put("id", Integer.toString(id));
      item.put("ContentType", "text/plain").putObject("Creator").put("id", "orchestrator");
    }
    return Reply.of(200, found);
  }

  private Reply attachment(int id) {
    byte[] text = texts.get(id - 1).getBytes(StandardCharsets.UTF_8);
    return Reply.of(
        200, JSON.createObjectNode().put("Content", Base64.getEncoder().encodeToString(text)));
  }

  /** Tickets for one request that are still open. */
  synchronized List<String> open(String request) {
    return about(request).stream()
        .filter(t -> t.status.equals("new") || t.status.equals("open"))
        // Nobody can find it again while it is merged, and by then its request may be over.
        .filter(t -> !t.everMerged)
        .map(t -> Integer.toString(t.id))
        .toList();
  }

  /** Keys of the tickets for one request that carry one. */
  synchronized List<String> keyed(String request) {
    return about(request).stream().filter(t -> !t.key.isEmpty()).map(t -> t.key).toList();
  }

  /** Numbers of the tickets for one request. */
  synchronized List<String> numbers(String request) {
    return about(request).stream().map(t -> Integer.toString(t.id)).toList();
  }

  private List<Ticket> about(String request) {
    return tickets.stream().filter(t -> t.subject.endsWith("/" + request + ")")).toList();
  }
}
