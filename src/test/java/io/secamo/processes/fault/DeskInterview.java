package io.secamo.processes.fault;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** What Request Tracker is asked by our connector, and what it answers in good and bad cases. */
final class DeskInterview {
  private static final String REST = RealServers.REST;
  private static final String[] TICKET = {
    "id:type", "Status", "CustomFields/*/name", "CustomFields/0/values/*"
  };
  private static final String[] FOUND = {
    "items/*/id:type",
    "items/*/Status",
    "items/0/CustomFields/*/name",
    "items/0/CustomFields/0/values/*"
  };
  private final Interview desk;
  private final String token;
  private final String key;
  private String user = "";

  private DeskInterview(String address, String token, String key) {
    this.desk = new Interview(address);
    this.token = token;
    this.key = key;
  }

  /**
   * The notes of a whole interview.
   *
   * @param key under which a ticket is opened
   */
  static Map<String, List<String>> with(String address, String token, String key) {
    DeskInterview interview = new DeskInterview(address, token, key);
    interview.desk.header("Authorization", "token " + token);
    interview.surroundings();
    String ticket = interview.tickets();
    interview.comments(ticket);
    interview.states(ticket);
    interview.whatIsNotThere();
    interview.withAWrongToken(ticket);
    return interview.desk.notes();
  }

  private void surroundings() {
    desk.get("queue", REST + "/queue/FwChanges", "Disabled", "TicketCustomFields/*/name");
    desk.get("queue that is not there", REST + "/queue/Nowhere", "message:type");
    user =
        desk.get("user", REST + "/user/" + token.split("-")[1], "Name:type")
            .json()
            .path("Name")
            .asText();
  }

  private Reply search(String question) {
    String query = URLEncoder.encode("CF.{opkey} = '" + key + "'", StandardCharsets.UTF_8);
    return desk.get(
        question,
        REST
            + "/tickets?query="
            + query
            + "&fields=Status,CustomFields&per_page=100&orderby=id&order=ASC",
        FOUND);
  }

  private String open(String question) {
    String body =
        "{'Queue':'FwChanges','Subject':'held','Content':'please\\n"
            + "open é','ContentType':'text/plain','Priority':50,'CustomFields':{'opkey':'"
            + key
            + "'}}";
    return desk.post(question, REST + "/ticket", body, "id:type").json().path("id").asText();
  }

  private String tickets() {
    search("search for a key that nobody has");
    String ticket = open("open a ticket");
    search("search for its key");
    desk.get("show it", REST + "/ticket/" + ticket, TICKET);
    String second = open("open a second one with the same key");
    desk.get("show the second one", REST + "/ticket/" + second, TICKET);
    search("search again");
    desk.get("show the first one again", REST + "/ticket/" + ticket, TICKET);
    return ticket;
  }

  private void comments(String ticket) {
    for (String word : List.of("first", "second")) {
      desk.post(
          "a " + word + " comment",
          REST + "/ticket/" + ticket + "/comment",
          "{'Content':'the " + word + "\\nü [mark]','ContentType':'text/plain'}",
          "*:type");
    }
    String list =
        REST + "/ticket/" + ticket + "/attachments?fields=ContentType,Creator&orderby=id&order=";
    String[] fields = {"items/*/id:type", "items/*/ContentType", "items/*/Creator/id:type"};
    JsonNode texts = desk.get("texts", list + "DESC&per_page=100&page=1", fields).json();
    for (JsonNode text : texts.path("items")) {
      desk.note("texts", "by us " + text.at("/Creator/id").asText().equals(user));
      content(text.path("id").asText());
    }
    desk.get("a full page of texts", list + "DESC&per_page=2&page=1", fields);
    desk.get("the last page of texts", list + "DESC&per_page=2&page=2", fields);
    desk.get("a page behind the last", list + "DESC&per_page=3&page=2", fields);
  }

  private void content(String text) {
    Reply answer = desk.get("texts", REST + "/attachment/" + text, "Content:type");
    byte[] bytes = Base64.getMimeDecoder().decode(answer.json().path("Content").asText());
    desk.note("texts", new String(bytes, StandardCharsets.UTF_8));
  }

  private void states(String ticket) {
    status("resolve it", ticket, "resolved");
    status("resolve it again", ticket, "resolved");
    status("bring it to a state that is none", ticket, "bogus");
    search("search for one that is closed");
    status("open it again", ticket, "new");
    status("reject it", ticket, "rejected");
  }

  private void status(String question, String ticket, String status) {
    desk.ask(question, "PUT", REST + "/ticket/" + ticket, "{'Status':'" + status + "'}", "*:type");
    desk.get(question, REST + "/ticket/" + ticket, TICKET);
  }

  private void whatIsNotThere() {
    String nothing = REST + "/ticket/999999";
    desk.get("show a ticket that is not there", nothing, "message:type");
    desk.get("its texts", nothing + "/attachments?fields=ContentType,Creator", "items/*");
    desk.post(
        "comment on it",
        nothing + "/comment",
        "{'Content':'x','ContentType':'text/plain'}",
        "message:type");
    desk.ask("close it", "PUT", nothing, "{'Status':'resolved'}", "message:type");
    desk.get("a text that is not there", REST + "/attachment/999999", "message:type");
    desk.get("a user that is not there", REST + "/user/999999", "message:type");
    desk.post(
        "open a ticket in a queue that is not there",
        REST + "/ticket",
        "{'Queue':'Nowhere','Subject':'x','Content':'x','ContentType':'text/plain'}",
        "message:type");
    desk.get("a route that is not there", REST + "/nothing", "message:type");
  }

  private void withAWrongToken(String ticket) {
    desk.header("Authorization", "token 1-14-0123456789abcdef0123456789abcdef");
    desk.get("show without leave", REST + "/ticket/" + ticket, "message:type");
    search("search without leave");
    desk.post(
        "open without leave",
        REST + "/ticket",
        "{'Queue':'FwChanges','Subject':'x'}",
        "message:type");
    desk.header("Authorization", "token " + token);
    search("search after all");
  }
}
