package io.secamo.processes.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.secamo.processes.fault.Fault.Channel;
import io.secamo.processes.systems.RealSystems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * The real Request Tracker, Keystone and Neutron: where they are, how they are asked without any
 * code of the operator, and how they are killed and stopped.
 */
final class RealServers {
  static final String REST = "/REST/2.0";

  /** Far enough into a call of 0.2 to 0.45 seconds that it is half done. */
  private static final Duration IN_THE_MIDDLE = Duration.ofMillis(100);

  private static final Duration DOWN = Duration.ofSeconds(2);
  private static final Duration STILL = Duration.ofSeconds(10);
  private final Map<String, String> rt = RealSystems.requestTracker();
  private final Map<String, String> cloud = RealSystems.openStack();
  private final String neutron;
  private final String project;
  private volatile String token = "";

  RealServers() {
    JsonNode session = signIn().json().path("token");
    project = session.at("/project/id").asText();
    neutron = network(session);
  }

  /** The address of the network service that a session's catalogue names. */
  static String network(JsonNode session) {
    for (JsonNode service : session.path("catalog")) {
      if (service.path("type").asText().equals("network")) {
        return service.at("/endpoints/0/url").asText();
      }
    }
    throw new AssertionError("no network service in " + session);
  }

  /** What a user is signed in with. */
  static String credentials(String password) {
    return """
    {"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"orchestrator",
    "domain":{"id":"default"},"password":"%s"}}},
    "scope":{"project":{"name":"demo","domain":{"id":"default"}}}}}
    """
        .formatted(password);
  }

  private synchronized Reply signIn() {
    String body = credentials(secret(Channel.OS));
    Reply answer = ask(keystone(), "POST", "/v3/auth/tokens", Map.of(), body);
    token = answer.headers().get("X-Subject-Token");
    return answer;
  }

  String keystone() {
    URI address = URI.create(cloud.get("OS_AUTH_URL"));
    return "http://" + address.getAuthority();
  }

  String neutron() {
    return neutron;
  }

  String requestTracker() {
    return rt.get("RT_URL");
  }

  String project() {
    return project;
  }

  /** The server that a path belongs to. */
  String base(String path) {
    if (path.startsWith("/REST/")) {
      return requestTracker();
    }
    return path.startsWith("/v3/") ? keystone() : neutron();
  }

  String secret(Channel channel) {
    return channel == Channel.OS ? cloud.get("OS_PASSWORD") : rt.get("RT_TOKEN");
  }

  /** Gives a namespace the secrets with which the real ones are reached. */
  void furnish(Slot slot) {
    slot.secret("helpdesk", "token", secret(Channel.RT));
    slot.secret("cloud", "password", secret(Channel.OS));
  }

  /** Asks Request Tracker; the path follows the root of REST2. */
  JsonNode desk(String path) {
    Map<String, String> headers = Map.of("Authorization", "token " + secret(Channel.RT));
    return ask(requestTracker(), "GET", REST + path, headers, "").json();
  }

  /** Asks Neutron. */
  JsonNode network(String method, String path, String body) {
    Reply answer = ask(neutron, method, path, signedIn(), body);
    if (answer.status() == 401) {
      var unused = signIn();
      answer = ask(neutron, method, path, signedIn(), body);
    }
    if (answer.status() >= 300) {
      throw new AssertionError(method + " " + path + ": " + answer);
    }
    return answer.json();
  }

  private Map<String, String> signedIn() {
    return Map.of("X-Auth-Token", token, "Content-Type", "application/json");
  }

  private static Reply ask(
      String base, String method, String path, Map<String, String> headers, String body) {
    try {
      return Wire.send(base, method, path, headers, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a security group and answers its id. */
  String makeGroup(String name) {
    ObjectNode body = ApiServer.JSON.createObjectNode();
    body.putObject("security_group").put("name", name);
    return network("POST", "/v2.0/security-groups", body.toString())
        .at("/security_group/id")
        .asText();
  }

  void removeGroup(String id) {
    var unused = network("DELETE", "/v2.0/security-groups/" + id, "");
  }

  /** Kill -9 in the middle of a call, and started again after two seconds; returns then. */
  synchronized void kill(Channel channel) {
    Front.pause(IN_THE_MIDDLE);
    signal(channel, "KILL");
    Front.pause(DOWN);
    if (channel == Channel.RT) {
      RealSystems.startRequestTrackerAgain();
    } else {
      RealSystems.startOpenStackAgain();
    }
  }

  /** Stands still from now on. */
  void stop(Channel channel) {
    signal(channel, "STOP");
  }

  /** Goes on after ten seconds; returns then. */
  void goOn(Channel channel) {
    Front.pause(STILL);
    signal(channel, "CONT");
  }

  private static void signal(Channel channel, String signal) {
    RealSystems.signal(
        channel == Channel.RT
            ? RealSystems.requestTrackerFolder().resolve("rt.pid")
            : RealSystems.openStackFolder().resolve("neutron.pid"),
        signal);
  }
}
