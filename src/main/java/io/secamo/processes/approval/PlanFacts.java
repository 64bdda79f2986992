package io.secamo.processes.approval;

import io.secamo.processes.expression.Vocabulary;
import io.secamo.processes.expression.Vocabulary.Holds;
import java.util.Map;

/**
 * What the rules of a policy may ask about: the plan as it was computed, the request, and the
 * connection. Nothing in it that the requester could write after submitting: no labels and no
 * annotations of the request.
 *
 * @param plan summary, effects, changes, gained, findings, account, temporary, starts, seconds,
 *     lasting, removes
 * @param request kind, namespace, name, requestedBy, source, spec
 * @param connection name, type, endpoint, labels, longest
 */
public record PlanFacts(
    Map<String, Object> plan, Map<String, Object> request, Map<String, Object> connection) {
  /** The kind of which rules speak that name none: they were written when there was no other. */
  static final String FIRST_KIND = "FirewallChangeRequest";

  /** The names and types that rules are compiled against. */
  public static final Vocabulary VOCABULARY =
      new Vocabulary()
          .variable(
              "plan",
              Map.of(
                  "summary", Holds.TEXT,
                  "effects", Holds.TEXTS,
                  "account", Holds.TEXT,
                  "temporary", Holds.TRUTH,
                  "starts", Holds.TIME,
                  "seconds", Holds.NUMBER,
                  "lasting", Holds.TRUTH,
                  "removes", Holds.TRUTH),
              Map.of(
                  "findings",
                  Map.of("id", Holds.TEXT, "severity", Holds.TEXT, "text", Holds.TEXT),
                  "changes",
                  Map.of(
                      "verb", Holds.TEXT,
                      "does", Holds.TEXT,
                      "subject", Holds.TEXT,
                      "target", Holds.TEXT),
                  "gained",
                  Map.of(
                      "direction", Holds.TEXT,
                      "protocol", Holds.TEXT,
                      "fromPort", Holds.NUMBER,
                      "toPort", Holds.NUMBER,
                      "peer", Holds.TEXT,
                      "from", Holds.TIME,
                      "until", Holds.TIME)))
          .variable(
              "request",
              Map.of(
                  "kind", Holds.TEXT,
                  "namespace", Holds.TEXT,
                  "name", Holds.TEXT,
                  "requestedBy", Holds.TEXT,
                  "source", Holds.TEXT,
                  "spec", Holds.ANYTHING))
          .variable(
              "connection",
              Map.of(
                  "name", Holds.TEXT,
                  "type", Holds.TEXT,
                  "endpoint", Holds.TEXT,
                  "labels", Holds.LABELS,
                  "longest", Holds.TEXT));

  /** How long the change lasts, in seconds. */
  long seconds() {
    return plan.get("seconds") instanceof Long seconds ? seconds : Long.MAX_VALUE;
  }

  /** Whether it has no end. */
  boolean lasting() {
    return !Boolean.FALSE.equals(plan.get("lasting"));
  }

  /** Whether it takes away what another request opened. */
  boolean removes() {
    return !Boolean.FALSE.equals(plan.get("removes"));
  }

  /** The kind of the request; empty if nobody says it, so that no rule speaks of it. */
  String kind() {
    return request.get("kind") instanceof String kind ? kind : "";
  }

  /** A field of the Connection; empty if there is none. */
  String ofConnection(String field) {
    return connection.get(field) instanceof String text ? text : "";
  }

  Map<String, Object> values() {
    return Map.of("plan", plan, "request", request, "connection", connection);
  }
}
