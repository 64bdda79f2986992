package io.secamo.processes.connector.requesttracker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.TicketDraft;
import io.secamo.processes.connector.http.HttpEndpoint;
import io.secamo.processes.connector.http.Request;
import io.secamo.processes.connector.http.Response;
import io.secamo.processes.connector.http.VendorText;
import io.secamo.processes.text.Limit;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The calls of Request Tracker's REST2 interface that we need, each without any decision. */
final class Rest2 {
  private static final String ROOT = "/REST/2.0";
  private static final Pattern TOKEN_OF_A_USER = Pattern.compile("1-(\\d+)-.*");

  /** The most that REST2 gives at once. */
  private static final int PAGE = 100;

  /** Request Tracker has no longer names of users. */
  private static final int USER = 300;

  /** The states every installation has; for others Request Tracker is asked. */
  private static final Set<String> OPEN = Set.of("new", "open", "stalled");

  private static final Set<String> CLOSED = Set.of("resolved", "rejected", "deleted");

  private final HttpEndpoint endpoint;
  private final String token;
  private final String keyField;
  private final int page;
  private volatile @Nullable String user;

  Rest2(HttpEndpoint endpoint, String token, String keyField) {
    this(endpoint, token, keyField, PAGE);
  }

  Rest2(HttpEndpoint endpoint, String token, String keyField, int page) {
    this.endpoint = endpoint;
    this.token = token;
    this.keyField = keyField;
    this.page = page;
  }

  String address() {
    return endpoint.address();
  }

  /** Product and address, for messages. */
  String system() {
    return endpoint.system();
  }

  /** The most that is asked for at once. */
  int page() {
    return page;
  }

  String keyField() {
    return keyField;
  }

  /** Where a person opens the ticket. */
  String page(long ticket) {
    return endpoint.address() + "/Ticket/Display.html?id=" + ticket;
  }

  /** A queue, or what Request Tracker says instead. */
  Response queue(String name) {
    Response answer = send(Request.get(ROOT + "/queue/" + encoded(name)));
    boolean another = answer.status() == 404 && (answer.page() || answer.body().has("error"));
    if (another) {
      throw new ConnectorFailure.Refused(
          "there is no "
              + endpoint.system()
              + answer.explained()
              + ". Is the endpoint right? Write it without /REST/2.0");
    }
    return answer;
  }

  /** Name of the token's user, if its token is of the form that tells. */
  Optional<String> userName() {
    Matcher parts = TOKEN_OF_A_USER.matcher(token);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String known = user;
    if (known == null) {
      Response answer = send(Request.get(ROOT + "/user/" + parts.group(1)));
      String name = answer.ok() ? answer.body().path("Name").asText() : "";
      known = Limit.first(USER, VendorText.plain(name));
      user = known;
    }
    return known.isEmpty() ? Optional.empty() : Optional.of(known);
  }

  /** Has the name asked for again; false if none was known. */
  boolean forgetUser() {
    boolean known = user != null;
    user = null;
    return known;
  }

  /** Tickets of any state that carry the key, oldest first. */
  List<Ticket> withKey(String key) {
    String query = "CF.{" + keyField + "} = '" + quoted(key) + "'";
    List<Ticket> hits = new ArrayList<>();
    for (JsonNode item : search(query, "Status,CustomFields")) {
      Ticket ticket = Ticket.of(item, keyField);
      // A field that does not exist, or a filter that is ignored, must not give us somebody else's.
      if (ticket.key().filter(key::equals).isPresent()) {
        hits.add(ticket);
      }
    }
    hits.sort(Comparator.comparingLong(Ticket::id));
    return hits;
  }

  private JsonNode search(String query, String fields) {
    String path = "/tickets?query=" + encoded(query) + "&fields=" + fields + "&per_page=" + page;
    return list(
        Request.get(ROOT + path + "&orderby=id&order=ASC"), page, " does not search for tickets");
  }

  /** Opens a ticket and answers what Request Tracker says. */
  Response open(TicketDraft draft, String queue) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("Queue", queue);
    body.put("Subject", subject(draft));
    body.put("Content", VendorText.plain(draft.body()));
    body.put("ContentType", "text/plain");
    if (draft.priority() != null) {
      body.put("Priority", draft.priority());
    }
    body.putObject("CustomFields").put(keyField, draft.key().value());
    return send(Request.post(ROOT + "/ticket", body));
  }

  /** The subject as it is sent, and as the ticket has it then. */
  static String subject(TicketDraft draft) {
    return VendorText.plain(draft.subject()).replaceAll("\\s+", " ").strip();
  }

  /** Reads a ticket. */
  Ticket ticket(long id) {
    return read(id, send(Request.get(ROOT + "/ticket/" + id)));
  }

  /** Reads a ticket; empty if there is none of that number. */
  Optional<Ticket> find(long id) {
    Response answer = send(Request.get(ROOT + "/ticket/" + id));
    return answer.status() == 404 ? Optional.empty() : Optional.of(read(id, answer));
  }

  private Ticket read(long id, Response answer) {
    return Ticket.of(
        answer.orRefuse(endpoint.system() + " does not show ticket " + id).body(), keyField);
  }

  /** Whether the ticket's queue counts its state as an end. */
  boolean closed(Ticket ticket) {
    String status = ticket.status().toLowerCase(Locale.ROOT);
    if (OPEN.contains(status) || CLOSED.contains(status)) {
      return CLOSED.contains(status);
    }
    return !search("id = " + ticket.id() + " AND Status = '__Inactive__'", "Status").isEmpty();
  }

  /** Asks for a state and answers what Request Tracker says; 200 is no success. */
  Response setStatus(long id, String status) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("Status", status);
    return send(Request.put(ROOT + "/ticket/" + id, body));
  }

  /** The newest first. Without the contents: one list of them may be longer than we read. */
  JsonNode texts(long id, int page, int number) {
    String path = ROOT + "/ticket/" + id + "/attachments?fields=ContentType,Creator";
    return list(
        Request.get(path + "&orderby=id&order=DESC&per_page=" + page + "&page=" + number),
        page,
        " does not show the history of ticket " + id);
  }

  /** An answer without a list is no empty list: we would open a second ticket. */
  private JsonNode list(Request request, int asked, String otherwise) {
    JsonNode items = send(request).orRefuse(endpoint.system() + otherwise).body().path("items");
    if (!items.isArray()) {
      throw new ConnectorFailure.Refused(
          endpoint.system() + " answers without a list (" + request + "): is the endpoint right?");
    }
    if (items.size() > asked) {
      throw new ConnectorFailure.Refused(
          endpoint.system() + " answered with more items than asked for (" + request + ")");
    }
    return items;
  }

  /** Base64 in this route, although the list gives plain text (RT 5.0.3). */
  String content(long attachment) {
    Response answer =
        send(Request.get(ROOT + "/attachment/" + attachment))
            .orRefuse(endpoint.system() + " does not show attachment " + attachment);
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(answer.body().path("Content").asText());
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      // Then it is none of ours, as far as anybody can tell.
      return "";
    }
  }

  /** Comments for the staff, not for the requestor. */
  Response comment(long id, String text) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("Content", VendorText.plain(text)).put("ContentType", "text/plain");
    return send(Request.post(ROOT + "/ticket/" + id + "/comment", body))
        .orRefuse(endpoint.system() + " does not accept a comment on ticket " + id);
  }

  private Response send(Request request) {
    Response answer = endpoint.send(request.withSecret("Authorization", "token " + token));
    if (answer.status() == 401) {
      throw new ConnectorFailure.Unauthorized(
          endpoint.system()
              + " does not accept the token: put a valid one in the key token of the Secret"
              + answer.explained());
    }
    return answer;
  }

  private static String quoted(String text) {
    return VendorText.plain(text).replace("\\", "\\\\").replace("'", "\\'");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
