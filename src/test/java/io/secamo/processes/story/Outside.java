package io.secamo.processes.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.secamo.processes.systems.RealSystems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks the real systems directly, without any code of the operator. */
final class Outside {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> rt = RealSystems.requestTracker();
  private final Map<String, String> cloud = RealSystems.openStack();

  /** Connections and Secrets for the real systems. */
  String connections() {
    return """
    apiVersion: v1
    kind: Secret
    metadata: {name: helpdesk-token}
    stringData: {token: "%s"}
    ---
    apiVersion: orchestrator.secamo.io/v1alpha1
    kind: Connection
    metadata: {name: helpdesk}
    spec:
      type: RequestTracker
      endpoint: %s
      secretRef: {name: helpdesk-token}
      requestTracker: {queue: %s, keyField: %s}
    ---
    apiVersion: v1
    kind: Secret
    metadata: {name: cloud-account}
    stringData: {username: "%s", password: "%s", projectName: "%s"}
    ---
    apiVersion: orchestrator.secamo.io/v1alpha1
    kind: Connection
    metadata: {name: cloud}
    spec:
      type: OpenStack
      endpoint: %s
      secretRef: {name: cloud-account}
    """
        .formatted(
            rt.get("RT_TOKEN"),
            rt.get("RT_URL"),
            rt.get("RT_QUEUE"),
            rt.get("RT_KEY_FIELD"),
            cloud.get("OS_USERNAME"),
            cloud.get("OS_PASSWORD"),
            cloud.get("OS_PROJECT_NAME"),
            cloud.get("OS_AUTH_URL"));
  }

  /** What must be seen nowhere but in the two Secrets. */
  List<String> secrets() {
    return List.of(rt.get("RT_TOKEN"), cloud.get("OS_PASSWORD"));
  }

  /** Everything that the ticket system tells about a request: subject, contents, comments. */
  String toldAbout(String name) {
    String query = URLEncoder.encode("Subject LIKE '/" + name + ")'", StandardCharsets.UTF_8);
    String base = rt.get("RT_URL") + "/REST/2.0/";
    String token = "token " + rt.get("RT_TOKEN");
    StringBuilder told = new StringBuilder();
    for (JsonNode ticket :
        get(base + "tickets?query=" + query, "Authorization", token).path("items")) {
      String id = ticket.path("id").asText();
      told.append(get(base + "ticket/" + id, "Authorization", token));
      JsonNode history =
          get(
              base + "ticket/" + id + "/attachments?fields=Content&per_page=100",
              "Authorization",
              token);
      for (JsonNode part : history.path("items")) {
        String content = part.path("Content").asText();
        told.append(content).append('\n');
        told.append(decoded(content)).append('\n');
      }
    }
    return told.toString();
  }

  private static String decoded(String content) {
    try {
      return new String(java.util.Base64.getMimeDecoder().decode(content), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException plain) {
      return "";
    }
  }

  /** Status of every ticket whose subject names a request. */
  List<String> ticketsAbout(String name) {
    String query =
        URLEncoder.encode(
            "Subject LIKE '/" + name + ")' AND Status != 'nothing'", StandardCharsets.UTF_8);
    JsonNode found =
        get(
            rt.get("RT_URL")
                + "/REST/2.0/tickets?fields=Status,Subject&per_page=100&query="
                + query,
            "Authorization",
            "token " + rt.get("RT_TOKEN"));
    List<String> statuses = new ArrayList<>();
    found.path("items").forEach(t -> statuses.add(t.path("Status").asText()));
    return statuses;
  }

  /** Descriptions of the rules of the cloud that a request made. */
  List<String> rulesOf(String name) {
    Session session = session();
    JsonNode found =
        get(session.network() + "/v2.0/security-group-rules", "X-Auth-Token", session.token());
    List<String> rules = new ArrayList<>();
    found
        .path("security_group_rules")
        .forEach(
            r -> {
              String description = r.path("description").asText();
              if (description.endsWith("/" + name)) {
                rules.add(description);
              }
            });
    return rules;
  }

  private record Session(String token, String network) {}

  private Session session() {
    String body =
        """
        {"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"%s",
        "domain":{"id":"default"},"password":"%s"}}},
        "scope":{"project":{"name":"%s","domain":{"id":"default"}}}}}\
        """
            .formatted(
                cloud.get("OS_USERNAME"), cloud.get("OS_PASSWORD"), cloud.get("OS_PROJECT_NAME"));
    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(URI.create(cloud.get("OS_AUTH_URL") + "/auth/tokens"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    for (JsonNode service : json(response.body()).path("token").path("catalog")) {
      if (service.path("type").asText().equals("network")) {
        String url = service.path("endpoints").path(0).path("url").asText();
        return new Session(response.headers().firstValue("X-Subject-Token").orElseThrow(), url);
      }
    }
    throw new AssertionError("no network service in " + response.body());
  }

  private JsonNode get(String url, String header, String value) {
    return json(send(HttpRequest.newBuilder(URI.create(url)).header(header, value).build()).body());
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }
}
