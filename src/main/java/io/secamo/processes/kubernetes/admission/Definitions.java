package io.secamo.processes.kubernetes.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.secamo.processes.api.Groups;
import io.secamo.processes.api.orchestrator.ApprovalDelegation;
import io.secamo.processes.api.orchestrator.ApprovalPolicy;
import io.secamo.processes.api.orchestrator.ChangeWindow;
import io.secamo.processes.api.orchestrator.Connection;
import io.secamo.processes.api.orchestrator.EvidenceRecord;
import io.secamo.processes.kubernetes.kind.RequestKind;
import io.secamo.processes.kubernetes.kind.RequestKinds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the kinds that decide are defined, and who answers for them.
 *
 * @param requests names of those of the kinds that are requests
 * @param kinds CustomResourceDefinitions by name
 * @param served APIServices by name
 */
record Definitions(
    List<String> requests, Map<String, JsonNode> kinds, Map<String, JsonNode> served) {
  private static final String DELEGATIONS =
      HasMetadata.getFullResourceName(ApprovalDelegation.class);

  /** Those that a decision on a request is read from. */
  private static final List<String> DECIDING =
      List.of(
          HasMetadata.getFullResourceName(ApprovalPolicy.class),
          DELEGATIONS,
          HasMetadata.getFullResourceName(ChangeWindow.class),
          HasMetadata.getFullResourceName(Connection.class));

  /** Groups in which a decision, or its protection, is read. */
  static final List<String> SERVED =
      List.of(
          Groups.VERSION + "." + Groups.PROCESSES,
          Groups.VERSION + "." + Groups.ORCHESTRATOR,
          "v1.admissionregistration.k8s.io",
          "v1.authorization.k8s.io",
          "v1.apiextensions.k8s.io");

  private static final String INSTALL = ": kubectl apply --server-side -k manifests/";
  private static final String REPLACE = ": kubectl replace -k crds";

  /** What says nothing about which objects are let in or how they are read. */
  private static final Set<String> WORDS =
      Set.of("description", "example", "externalDocs", "title");

  private static final Set<String> VALUES = Set.of("default", "enum");

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  /** Of objects as they were read; each has thousands of lines, and is taken apart only once. */
  static Definitions of(
      RequestKinds requests,
      Map<String, GenericKubernetesResource> kinds,
      Map<String, GenericKubernetesResource> served) {
    return new Definitions(
        requests.all().stream().map(RequestKind::definition).toList(), trees(kinds), trees(served));
  }

  /** Those that a decision is read from. */
  List<String> read() {
    return Stream.concat(requests.stream(), DECIDING.stream()).toList();
  }

  /** Those that have to keep all that is written to them. */
  private List<String> kept() {
    return Stream.concat(
            read().stream(), Stream.of(HasMetadata.getFullResourceName(EvidenceRecord.class)))
        .toList();
  }

  /** What people wrote into these stays when their definition is put back. */
  private boolean writtenByPeople(String name) {
    return requests.contains(name) || name.equals(DELEGATIONS);
  }

  private static Map<String, JsonNode> trees(Map<String, GenericKubernetesResource> objects) {
    Map<String, JsonNode> trees = new HashMap<>();
    objects.forEach((name, object) -> trees.put(name, JSON.valueToTree(object)));
    return Map.copyOf(trees);
  }

  /**
   * Why what is read through the API server may have been made up or rewritten, for people. A
   * status that could be written through the request itself would let anybody forge a plan, who
   * converts between versions of a kind could write votes that nobody cast (Kubernetes, "Versions
   * in CustomResourceDefinitions"), and so could whoever answers in the place of the API server
   * (Kubernetes, "Kubernetes API Aggregation Layer"). A schema that leaves out a field of ours
   * makes us forget what is in it.
   */
  Optional<String> problem() {
    for (String name : SERVED) {
      Optional<String> problem = servedElsewhere(name);
      if (problem.isPresent()) {
        return problem;
      }
    }
    for (String name : kept()) {
      JsonNode kind = kinds.get(name);
      if (kind == null) {
        return Optional.of("the kind " + name + " is not there, or lost its label" + INSTALL);
      }
      if (kind.at("/metadata").hasNonNull("deletionTimestamp")) {
        return Optional.of("the kind " + name + " is being deleted, with all that is of it");
      }
      if (!"None".equals(kind.at("/spec/conversion/strategy").asText("None"))) {
        return Optional.of("the kind " + name + " is converted by a webhook" + REPLACE);
      }
      Optional<String> field = ShippedKinds.dropped(name, kind.at("/spec/versions"));
      if (field.isPresent()) {
        return Optional.of(
            "the kind " + name + " does not keep " + field.get() + " as shipped" + REPLACE);
      }
    }
    return requests.stream()
        .filter(name -> !statusApart(kinds.get(name)))
        .findFirst()
        .map(name -> "the kind " + name + " lost its status subresource" + INSTALL);
  }

  private Optional<String> servedElsewhere(String name) {
    JsonNode service = served.get(name);
    if (service == null) {
      return Optional.of("APIService " + name + " is not there: its group is not served");
    }
    JsonNode to = service.at("/spec/service");
    return to.isMissingNode() || to.isNull()
        ? Optional.empty()
        : Optional.of(
            "APIService %s lets service %s/%s answer in the place of the API server: delete it"
                .formatted(name, to.path("namespace").asText(), to.path("name").asText()));
  }

  private static boolean statusApart(@Nullable JsonNode kind) {
    if (kind == null) {
      return false;
    }
    for (JsonNode version : kind.at("/spec/versions")) {
      if (version.at("/subresources/status").isMissingNode()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Equal lines mean that requests and what decides about them are let in and read in the same way.
   * Of requests and delegations also whether the definition was changed in between: what was
   * written meanwhile stays.
   */
  List<String> revisions() {
    List<String> lines = new ArrayList<>();
    for (String name : read()) {
      JsonNode kind = kinds.get(name);
      if (kind == null) {
        lines.add(name);
        continue;
      }
      String generation =
          writtenByPeople(name) ? "@" + kind.at("/metadata/generation").asText() : "";
      lines.add(name + " " + kind.at("/metadata/uid").asText() + generation);
      lines.add(schema(kind.at("/spec/versions")));
    }
    return lines;
  }

  private static String schema(JsonNode versions) {
    try {
      List<Object> read = new ArrayList<>();
      for (JsonNode version : versions) {
        ObjectNode kept = JSON.createObjectNode();
        for (String part : List.of("name", "served", "storage", "schema")) {
          kept.set(part, withoutWords(version.path(part)));
        }
        // As a map, because the keys of a tree stay in the order in which they came.
        read.add(JSON.convertValue(kept, Map.class));
      }
      return JSON.writeValueAsString(read);
    } catch (com.fasterxml.jackson.core.JsonProcessingException impossible) {
      throw new IllegalStateException("a definition that was JSON is JSON", impossible);
    }
  }

  private static JsonNode withoutWords(JsonNode tree) {
    if (tree.isObject()) {
      ObjectNode kept = JSON.createObjectNode();
      tree.properties()
          .forEach(
              field -> {
                boolean words = WORDS.contains(field.getKey()) && field.getValue().isTextual();
                if (!words) {
                  boolean value = VALUES.contains(field.getKey());
                  kept.set(
                      field.getKey(), value ? field.getValue() : withoutWords(field.getValue()));
                }
              });
      return kept;
    }
    if (tree.isArray()) {
      var kept = JSON.createArrayNode();
      tree.forEach(item -> kept.add(withoutWords(item)));
      return kept;
    }
    return tree;
  }
}
