package io.secamo.processes.process.firewallchange.requested;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.secamo.processes.api.Lifetime;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.api.plan.Change;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.api.plan.Risk;
import io.secamo.processes.approval.PlanFacts;
import io.secamo.processes.connector.ConnectionFacts;
import io.secamo.processes.engine.procedure.StepContext;
import io.secamo.processes.firewall.Exposure;
import io.secamo.processes.firewall.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the rules of approval policies may ask about a firewall change. */
public final class Facts {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(DeserializationFeature.USE_LONG_FOR_INTS)
          .build();

  /** What has no end is longer than any other time: protobuf knows none that is longer. */
  private static final long SECONDS_WITHOUT_END = 315_576_000_000L;

  private static final Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");

  private Facts() {}

  /**
   * From when, how long and until when, as the request asks for it.
   *
   * @param until the latest moment; where nobody knows it, it is never
   */
  private record Time(Instant starts, long seconds, boolean lasting, Instant until) {
    static Time of(StepContext<FirewallChangeSpec> context) {
      Lifetime lifetime = context.spec().lifetime();
      Instant submitted = context.request().createdAt();
      if (context.spec().removes() != null) {
        // It opens nothing, so that no limit of how long is meant.
        Instant starts = lifetime.starts(submitted);
        return new Time(starts, 0, false, starts);
      }
      return new Time(
          lifetime.starts(submitted),
          lifetime
              .longest(submitted)
              .map(time -> Math.ceilDiv(time.toMillis(), 1000L))
              .orElse(SECONDS_WITHOUT_END),
          lifetime.lasting(),
          lifetime.latestEnd().orElse(NEVER));
    }
  }

  /** About the plan of this pass. */
  public static PlanFacts of(
      StepContext<FirewallChangeSpec> context, Plan plan, ConnectionFacts connection) {
    Time time = Time.of(context);
    return new PlanFacts(
        ofPlan(context, plan, time),
        Map.of(
            "kind", context.request().kind().value(),
            "namespace", context.request().namespace(),
            "name", context.request().name(),
            "requestedBy", context.request().requestedBy(),
            "source",
                context
                    .journal()
                    .requestedBy()
                    .map(by -> by.seen() ? by.source() : "OnBehalf")
                    .orElse("OnBehalf"),
            "spec", tree(context.spec())),
        Map.of(
            "name", connection.name(),
            "type", connection.type(),
            "endpoint", connection.endpoint(),
            "labels", connection.labels(),
            "longest", connection.longest()));
  }

  private static Map<String, Object> ofPlan(
      StepContext<FirewallChangeSpec> context, Plan plan, Time time) {
    Map<String, Object> facts = new HashMap<>();
    facts.put("summary", plan.summary());
    facts.put("effects", plan.effects());
    facts.put("account", plan.account());
    facts.put("removes", plan.removes() != null);
    facts.put("temporary", context.spec().removes() == null && !time.lasting());
    facts.put("starts", time.starts());
    facts.put("seconds", time.seconds());
    facts.put("lasting", time.lasting());
    facts.put("findings", risks(plan).stream().map(Facts::finding).toList());
    // Else what a rule says of them cannot be judged, which is no yes.
    plan.knownChanges()
        .ifPresent(known -> facts.put("changes", known.stream().map(Facts::change).toList()));
    facts.put("gained", gained(plan, time));
    return Map.copyOf(facts);
  }

  private static List<String> lines(@Nullable List<String> lines) {
    return lines == null ? List.of() : lines;
  }

  private static List<Risk> risks(Plan plan) {
    return plan.knownRisks()
        .orElseGet(() -> lines(plan.findings()).stream().map(Facts::risk).toList());
  }

  /** Reads the line of an earlier version, {@code FW-001 Critical: tcp 22 from everywhere}. */
  private static Risk risk(String line) {
    String[] head = line.split(": ", 2);
    String[] words = head[0].split(" ", 2);
    return new Risk(words[0], words.length > 1 ? words[1] : "", head.length > 1 ? head[1] : "");
  }

  private static Map<String, Object> finding(Risk risk) {
    return Map.of("id", risk.id(), "severity", risk.severity(), "text", risk.text());
  }

  private static Map<String, Object> change(Change change) {
    return Map.of(
        "verb", change.verb(),
        "does", change.does().word(),
        "subject", change.subject(),
        "target", change.target());
  }

  /**
   * Each access once, with the moment from which the change alone opens it: what others keep open
   * until then is not new before.
   */
  private static List<Map<String, Object>> gained(Plan plan, Time time) {
    Exposure fresh = Exposure.parse(lines(plan.gained()));
    List<Map<String, Object>> gained = new ArrayList<>();
    for (Plan.StillOpen open :
        plan.stillOpen() == null ? List.<Plan.StillOpen>of() : plan.stillOpen()) {
      fresh = fresh.minus(Exposure.parse(open.gained()));
      open.gained().forEach(line -> gained.add(gained(line, open.until(), time.until())));
    }
    gained.addAll(
        0,
        fresh.asRules().stream()
            .map(rule -> gained(rule.toString(), time.starts(), time.until()))
            .toList());
    return gained;
  }

  private static Map<String, Object> gained(String line, Instant from, Instant until) {
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
        rule.peer().toString(),
        "from",
        from,
        "until",
        until);
  }

  private static Map<String, Object> tree(FirewallChangeSpec spec) {
    try {
      return JSON.readValue(JSON.writeValueAsString(spec), new TypeReference<>() {});
    } catch (com.fasterxml.jackson.core.JsonProcessingException impossible) {
      throw new IllegalStateException("a spec that was JSON is JSON", impossible);
    }
  }
}
