package io.secamo.processes.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.secamo.processes.fault.Fault.Channel;
import io.secamo.processes.fault.Fault.Kind;
import io.secamo.processes.systems.Patience;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The real Request Tracker and OpenStack behind the fronts of one run. Calls are passed on; what
 * they did is written down from the answers, and what a killed server did without answering is
 * asked at the end.
 */
final class Genuine implements Outside {
  /** Written down when a server that was killed or stopped is there again. */
  static final String BACK = "server.back";

  private static final Set<String> OPEN = Set.of("new", "open", "stalled");
  private static final List<String> PASSED_ON =
      List.of("Authorization", "X-Auth-Token", "Content-Type", "Accept");
  private final Ledger ledger;
  private final RealServers servers;

  /** Calls that were not answered yet, and servers that are not back yet. */
  private final AtomicInteger pending = new AtomicInteger();

  private volatile String group = "";
  private volatile String request = "";

  Genuine(Ledger ledger, RealServers servers) {
    this.ledger = ledger;
    this.servers = servers;
  }

  @Override
  public void prepare(String name) {
    request = name;
    group = servers.makeGroup(name);
  }

  @Override
  public void tidy(String name) {
    servers.removeGroup(group);
  }

  /** The call goes on although the operator that made it is dead by now, as it does in life. */
  @Override
  public Reply answer(HttpExchange exchange, byte[] body, String self) throws IOException {
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getPath();
    Map<String, String> headers = new HashMap<>();
    for (String name : PASSED_ON) {
      String value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        headers.put(name, value);
      }
    }
    pending.incrementAndGet();
    CompletableFuture<Reply> call =
        Wire.begin(servers.base(path), method, exchange.getRequestURI().toString(), headers, body)
            .thenApply(reply -> writtenDown(method, path, body, reply))
            .whenComplete((reply, broken) -> pending.decrementAndGet());
    Reply reply = Wire.join(call);
    // Also Neutron must be reached through the front.
    return new Reply(
        reply.status(), reply.body().replace(servers.neutron(), self), reply.headers());
  }

  private Reply writtenDown(String method, String path, byte[] body, Reply reply) {
    if (method.equals("GET") || reply.status() >= 300) {
      return reply;
    }
    JsonNode asked = new Reply(0, new String(body, StandardCharsets.UTF_8), Map.of()).json();
    String[] words = path.substring(1).split("/");
    if (path.startsWith(RealServers.REST)) {
      atDesk(words, asked, reply);
    } else if (method.equals("DELETE")) {
      ledger.did("rule.removed", words[words.length - 1], request);
    } else if (path.endsWith("/security-group-rules")) {
      JsonNode rule = reply.json().path("security_group_rule");
      String where = rule.path("security_group_id").asText().equals(group) ? request : "elsewhere";
      ledger.did(
          "rule.added", rule.path("id").asText(), where + " " + rule.path("description").asText());
    }
    return reply;
  }

  private void atDesk(String[] words, JsonNode asked, Reply reply) {
    String content = asked.path("Content").asText();
    if (words.length == 3) {
      ledger.did("ticket.opened", reply.json().path("id").asText(), content);
    } else if (asked.has("Status") && !reply.json().isEmpty()) {
      ledger.did("ticket." + asked.path("Status").asText(), words[3], "");
    }
    // Comments are read at the end: each must be there once, answered or not.
  }

  @Override
  public String secret(Channel channel) {
    return servers.secret(channel);
  }

  @Override
  public List<String> secrets() {
    // What every token of Keystone begins with.
    return List.of(secret(Channel.RT), secret(Channel.OS), "gAAAAAB");
  }

  /** A call takes half a second and more, and several stories share two workers. */
  @Override
  public Duration patience() {
    return Patience.LIMIT;
  }

  /** Otherwise the last calls of a plan come only when the machine has little to do. */
  @Override
  public Duration life() {
    return Duration.ofSeconds(10);
  }

  @Override
  public List<Ledger.Entry> deeds(String name) {
    quiet();
    List<Ledger.Entry> deeds = new ArrayList<>(ledger.entries());
    for (JsonNode ticket : tickets()) {
      String id = ticket.path("id").asText();
      String status = ticket.path("Status").asText();
      missing(deeds, "ticket.opened", id);
      if (!OPEN.contains(status)) {
        missing(deeds, "ticket." + status, id);
      }
      deeds.addAll(comments(id));
    }
    return deeds;
  }

  /** Waits until nothing is on its way any more. */
  private void quiet() {
    if (!Installation.until(Patience.LIMIT, () -> pending.get() == 0)) {
      throw new AssertionError("a call to the real systems did not end");
    }
  }

  /** Of what a server did when it was killed before it answered only the result is known. */
  private static void missing(List<Ledger.Entry> deeds, String what, String id) {
    if (deeds.stream().noneMatch(e -> e.what().equals(what) && e.id().equals(id))) {
      deeds.add(new Ledger.Entry(Instant.now(), what, id, "seen at the end"));
    }
  }

  private JsonNode tickets() {
    String query = "Subject LIKE '/" + request + ")' AND Status != 'nothing'";
    return servers
        .desk(
            "/tickets?per_page=100&fields=Status,CustomFields&query="
                + URLEncoder.encode(query, StandardCharsets.UTF_8))
        .path("items");
  }

  private List<Ledger.Entry> comments(String ticket) {
    List<Ledger.Entry> comments = new ArrayList<>();
    String order = "&per_page=100&orderby=id&order=ASC";
    for (JsonNode text :
        servers.desk("/ticket/" + ticket + "/attachments?fields=Content" + order).path("items")) {
      comments.add(
          new Ledger.Entry(Instant.now(), "ticket.comment", ticket, text.path("Content").asText()));
    }
    // The first text is what the ticket was opened with.
    return comments.isEmpty() ? comments : comments.subList(1, comments.size());
  }

  @Override
  public List<String> openTickets(String name) {
    List<String> open = new ArrayList<>();
    for (JsonNode ticket : tickets()) {
      if (OPEN.contains(ticket.path("Status").asText())) {
        open.add(ticket.path("id").asText());
      }
    }
    return open;
  }

  @Override
  public List<String> keys(String name) {
    List<String> keys = new ArrayList<>();
    for (JsonNode ticket : tickets()) {
      ticket.path("CustomFields").path(0).path("values").forEach(v -> keys.add(v.asText()));
    }
    return keys;
  }

  @Override
  public List<String> rules(String name) {
    List<String> rules = new ArrayList<>();
    // Every group lets everything out from the beginning.
    servers
        .network(
            "GET", "/v2.0/security-group-rules?direction=ingress&security_group_id=" + group, "")
        .path("security_group_rules")
        .forEach(rule -> rules.add(rule.path("id").asText()));
    return rules;
  }

  @Override
  public void befall(Kind kind, Channel channel) {
    pending.incrementAndGet();
    if (kind == Kind.STOPPED) {
      servers.stop(channel);
    }
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                if (kind == Kind.STOPPED) {
                  servers.goOn(channel);
                } else {
                  servers.kill(channel);
                }
              } finally {
                ledger.did(BACK, channel.name(), "");
                pending.decrementAndGet();
              }
            });
  }
}
