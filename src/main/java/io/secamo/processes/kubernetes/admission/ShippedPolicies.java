package io.secamo.processes.kubernetes.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The admission policies and bindings as this version ships them, and what is different about those
 * that are installed. Any difference counts: a rule that is gone, a namespace that is left out, a
 * binding that only warns.
 */
final class ShippedPolicies {
  private static final String SHIPPED_OPERATOR =
      "system:serviceaccount:process-orchestrator:process-orchestrator";
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  /** By the operator's name. They are on the class path, so they stay as they are. */
  private static final Map<String, ShippedPolicies> READ = new ConcurrentHashMap<>();

  private static final Map<String, ShippedPolicies> STAMPING = new ConcurrentHashMap<>();

  private final List<JsonNode> objects;

  private ShippedPolicies(List<JsonNode> objects) {
    this.objects = List.copyOf(objects);
  }

  /**
   * Reads what is on the class path, once.
   *
   * @param operator user name of this operator, which the policies must know
   */
  static ShippedPolicies of(String operator) {
    return READ.computeIfAbsent(operator, name -> read("/policies/", name));
  }

  /** The mutating policies and bindings that write names down, in the same way. */
  static ShippedPolicies stamping(String operator) {
    return STAMPING.computeIfAbsent(operator, name -> read("/stamping/", name));
  }

  private static ShippedPolicies read(String folder, String operator) {
    List<JsonNode> objects = new ArrayList<>();
    try {
      for (JsonNode file : YAML.readTree(text(folder + "kustomization.yaml")).get("resources")) {
        String yaml = text(folder + file.asText()).replace(SHIPPED_OPERATOR, operator);
        Iterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(yaml);
        documents.forEachRemaining(objects::add);
      }
    } catch (IOException e) {
      throw new IllegalStateException("the shipped admission policies cannot be read", e);
    }
    return new ShippedPolicies(objects);
  }

  private static String text(String file) throws IOException {
    try (InputStream in = ShippedPolicies.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IOException(file + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Whether what is installed is for the operator as it is shipped, which this one is not. */
  static boolean forAnother(String operator, Map<String, GenericKubernetesResource> installed) {
    return !operator.equals(SHIPPED_OPERATOR)
        && of(SHIPPED_OPERATOR).difference(installed).isEmpty();
  }

  /** What is said where the installed policies take somebody else for the operator. */
  static String another(String operator) {
    return "this operator runs as "
        + operator
        + ", and the admission policies take "
        + SHIPPED_OPERATOR
        + " for it: run it as that one";
  }

  /** How many policies and bindings there must be. */
  int size() {
    return objects.size();
  }

  /** Which of them are not there, for people; empty if none. */
  Optional<String> missing(Map<String, GenericKubernetesResource> installed) {
    List<String> missing =
        objects.stream()
            .map(ShippedPolicies::name)
            .filter(name -> !installed.containsKey(name))
            .toList();
    return switch (missing.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(missing.get(0) + " is missing");
      default ->
          Optional.of(
              missing.get(0)
                  + " and "
                  + (missing.size() - 1)
                  + " more of "
                  + objects.size()
                  + " policies and bindings are missing");
    };
  }

  /** Which of them goes as soon as nothing keeps it, for people; empty if none. */
  Optional<String> leaving(Map<String, GenericKubernetesResource> installed) {
    return objects.stream()
        .map(ShippedPolicies::name)
        .filter(
            name -> {
              GenericKubernetesResource there = installed.get(name);
              return there != null && there.getMetadata().getDeletionTimestamp() != null;
            })
        .map(
            name ->
                name
                    + " is being deleted: take its finalizers away (kubectl edit), then kubectl"
                    + " apply --server-side -k manifests/")
        .findFirst();
  }

  /** What is different about those that are there; empty if they are as shipped. */
  Optional<String> difference(Map<String, GenericKubernetesResource> installed) {
    for (JsonNode shipped : objects) {
      GenericKubernetesResource there = installed.get(name(shipped));
      JsonNode now =
          there == null
              ? YAML.nullNode()
              : YAML.valueToTree(there.getAdditionalProperties().get("spec"));
      Optional<String> where = differs("spec", withDefaults(shipped.get("spec")), now);
      if (where.isPresent()) {
        return Optional.of(name(shipped) + " is not as shipped: " + where.get() + " differs");
      }
    }
    return Optional.empty();
  }

  /** Whether one is among them, and as shipped. */
  boolean asShipped(String name, GenericKubernetesResource installed) {
    return objects.stream()
        .filter(shipped -> name(shipped).equals(name))
        .anyMatch(
            shipped ->
                differs(
                        "spec",
                        withDefaults(shipped.get("spec")),
                        YAML.valueToTree(installed.getAdditionalProperties().get("spec")))
                    .isEmpty());
  }

  private static String name(JsonNode shipped) {
    return shipped.get("kind").asText() + " " + shipped.at("/metadata/name").asText();
  }

  /** What the API server fills in by itself (admissionregistration.k8s.io/v1 defaults). */
  private static JsonNode withDefaults(JsonNode shipped) {
    ObjectNode spec = shipped.deepCopy();
    if (spec.get("matchConstraints") instanceof ObjectNode match) {
      match.put("matchPolicy", match.path("matchPolicy").asText("Equivalent"));
      match.putIfAbsent("namespaceSelector", spec.objectNode());
      match.putIfAbsent("objectSelector", spec.objectNode());
    }
    return spec;
  }

  private static Optional<String> differs(String path, JsonNode shipped, JsonNode now) {
    if (shipped instanceof ObjectNode wanted && now instanceof ObjectNode there) {
      List<String> names = new ArrayList<>();
      wanted.fieldNames().forEachRemaining(names::add);
      there.fieldNames().forEachRemaining(names::add);
      return names.stream()
          .distinct()
          .map(n -> differs(path + "." + n, wanted.path(n), there.path(n)))
          .flatMap(Optional::stream)
          .findFirst();
    }
    if (shipped.isArray() && now.isArray() && shipped.size() == now.size()) {
      for (int i = 0; i < shipped.size(); i++) {
        Optional<String> where = differs(path + "[" + i + "]", shipped.get(i), now.get(i));
        if (where.isPresent()) {
          return where;
        }
      }
      return Optional.empty();
    }
    return oneLine(shipped).equals(oneLine(now)) ? Optional.empty() : Optional.of(path);
  }

  /** Tools break long expressions differently; where a line breaks means nothing in CEL. */
  private static JsonNode oneLine(JsonNode node) {
    return node.isTextual()
        ? TextNode.valueOf(node.asText().strip().replaceAll("\\s*\\n\\s*", " "))
        : node;
  }
}
