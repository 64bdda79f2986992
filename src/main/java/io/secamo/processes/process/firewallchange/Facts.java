package io.secamo.processes.process.firewallchange;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.secamo.processes.api.FirewallChangeSpec;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.approval.PlanFacts;
import io.secamo.processes.connector.ConnectionFacts;
import io.secamo.processes.engine.Turn;
import io.secamo.processes.firewall.Rule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the rules of approval policies may ask about a firewall change. */
final class Facts {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(DeserializationFeature.USE_LONG_FOR_INTS)
          .build();

  private Facts() {}

  static PlanFacts of(
      Turn<FirewallChangeSpec> turn, ProcessStatus.Plan plan, ConnectionFacts connection) {
    return new PlanFacts(
        Map.of(
            "summary", plan.summary(),
            "effects", plan.effects(),
            "account", plan.account(),
            "temporary", Asked.of(turn.spec()).temporary(),
            "findings", lines(plan.findings()).stream().map(Facts::finding).toList(),
            "gained", lines(plan.gained()).stream().map(Facts::gained).toList()),
        Map.of(
            "namespace", turn.request().namespace(),
            "name", turn.request().name(),
            "requestedBy", turn.request().requestedBy(),
            "source",
                turn.journal()
                    .requestedBy()
                    .map(by -> by.seen() ? by.source() : "OnBehalf")
                    .orElse("OnBehalf"),
            "spec", tree(turn.spec())),
        Map.of(
            "name", connection.name(),
            "type", connection.type(),
            "endpoint", connection.endpoint(),
            "labels", connection.labels()));
  }

  private static List<String> lines(@Nullable List<String> lines) {
    return lines == null ? List.of() : lines;
  }

  /** Reads {@code FW-001 Critical: tcp 22 from everywhere}. */
  private static Map<String, Object> finding(String line) {
    String[] head = line.split(": ", 2);
    String[] words = head[0].split(" ", 2);
    return Map.of(
        "id", words[0],
        "severity", words.length > 1 ? words[1] : "",
        "text", head.length > 1 ? head[1] : "");
  }

  private static Map<String, Object> gained(String line) {
    Rule rule = Rule.parse(line);
    return Map.of(
        "direction",
        rule.direction() == Rule.Direction.INGRESS ? "Ingress" : "Egress",
        "protocol",
        rule.protocol().name().toLowerCase(java.util.Locale.ROOT),
        "fromPort",
        (long) rule.ports().low(),
        "toPort",
        (long) rule.ports().high(),
        "peer",
        rule.peer().toString());
  }

  private static Map<String, Object> tree(FirewallChangeSpec spec) {
    try {
      return JSON.readValue(JSON.writeValueAsString(spec), new TypeReference<>() {});
    } catch (com.fasterxml.jackson.core.JsonProcessingException impossible) {
      throw new IllegalStateException("a spec that was JSON is JSON", impossible);
    }
  }
}
