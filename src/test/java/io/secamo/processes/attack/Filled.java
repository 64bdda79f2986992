package io.secamo.processes.attack;

import static java.util.stream.Collectors.joining;

import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** What configures requests, filled beyond one bound and no other one. */
final class Filled {
  private static final String BODY =
      "{\"apiVersion\":\"orchestrator.secamo.io/v1alpha1\",\"kind\":\"ApprovalPolicy\","
          + "\"metadata\":{\"name\":\"filled\",%s},\"spec\":{\"rules\":[%s]}}";
  private static final String RULE =
      "{\"name\":\"r%d\",\"when\":\"%s\",\"gates\":[{\"name\":\"security\",\"required\":1}]}";
  private static final String LONG = "a".repeat(200) + ".example.org/n";

  /** By the beginning of the sentence with which it is refused. */
  private static final Map<String, String> WRITES =
      Map.of(
          "at most 64 annotations", annotated(65, i -> "\"example.org/n" + i + "\":\"x\""),
          "annotations hold", annotated(1, i -> "\"n\":\"" + "<".repeat(22_000) + "\""),
          "at most 32 labels", labelled(33, "n"),
          "labels have", labelled(30, LONG),
          "at most 10 finalizers",
              meta("\"finalizers\":[" + some(11, i -> "\"example.org/n" + i + "\"") + "]"),
          "owner references hold", meta("\"ownerReferences\":[" + some(20, Filled::owner) + "]"),
          "field managers hold", meta("\"managedFields\":[" + manager() + "]"),
          "a spec holds", BODY.formatted("\"labels\":{}", some(6, Filled::rule)));

  private Filled() {}

  /** The write that only the rule with this sentence refuses, if it is one about bounds. */
  static Optional<String> beyond(String sentence) {
    return WRITES.entrySet().stream()
        .filter(write -> sentence.startsWith(write.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static String some(int count, IntFunction<String> one) {
    return IntStream.range(0, count).mapToObj(one).collect(joining(","));
  }

  private static String meta(String more) {
    return BODY.formatted(more, RULE.formatted(1, "true"));
  }

  private static String annotated(int count, IntFunction<String> one) {
    return meta("\"annotations\":{" + some(count, one) + "}");
  }

  private static String labelled(int count, String name) {
    return meta("\"labels\":{" + some(count, i -> "\"" + name + i + "\":\"b\"") + "}");
  }

  private static String owner(int number) {
    return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"uid\":\"u%d\",\"name\":\"%s%d\"}"
        .formatted(number, "o".repeat(400), number);
  }

  private static String manager() {
    return "{\"manager\":\"squatter\",\"operation\":\"Apply\",\"fieldsType\":\"FieldsV1\","
        + "\"apiVersion\":\"orchestrator.secamo.io/v1alpha1\",\"time\":\"2026-01-01T00:00:00Z\","
        + "\"fieldsV1\":{\"f:metadata\":{\"f:annotations\":{"
        + some(6000, i -> "\"f:example.org/some-name-" + i + "\":{}")
        + "}}}}";
  }

  private static String rule(int number) {
    return RULE.formatted(number, "'" + "<".repeat(1900) + "' == ''");
  }
}
