package io.secamo.processes.kubernetes.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The definitions of our kinds as this version ships them, and what those that are installed would
 * drop. The API server leaves out what a schema does not name, when it is written and when it is
 * read (Kubernetes, "Field pruning"): a status without its effects is one of a change that was
 * never made. What a later version has in addition is fine.
 */
final class ShippedKinds {
  private static final String SCHEMA = "/schema/openAPIV3Schema";
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  /** By name. They are on the class path, so they stay as they are. */
  private static final Map<String, JsonNode> READ = new ConcurrentHashMap<>();

  private ShippedKinds() {}

  /**
   * The first field that we read or write and that is not kept, for example {@code status.effects}.
   *
   * @param name of a CustomResourceDefinition
   * @param versions of it that are installed
   */
  static Optional<String> dropped(String name, JsonNode versions) {
    for (JsonNode shipped : READ.computeIfAbsent(name, ShippedKinds::read)) {
      JsonNode installed = version(versions, shipped.path("name").asText());
      Optional<String> path = dropped("", shipped.at(SCHEMA), installed.at(SCHEMA));
      if (path.isPresent()) {
        return path;
      }
    }
    return Optional.empty();
  }

  private static JsonNode version(JsonNode versions, String name) {
    for (JsonNode version : versions) {
      if (version.path("name").asText().equals(name)) {
        return version;
      }
    }
    return YAML.missingNode();
  }

  private static Optional<String> dropped(String path, JsonNode shipped, JsonNode installed) {
    // What is kept unseen is pruned again below, and a default takes the place of what was left
    // out.
    boolean other =
        List.of("default", "x-kubernetes-preserve-unknown-fields").stream()
            .anyMatch(part -> !shipped.path(part).equals(installed.path(part)));
    if (installed.isMissingNode() || other) {
      return Optional.of(path.isEmpty() ? "(root)" : path);
    }
    for (Map.Entry<String, JsonNode> field : shipped.path("properties").properties()) {
      String below = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
      Optional<String> lost =
          dropped(below, field.getValue(), installed.path("properties").path(field.getKey()));
      if (lost.isPresent()) {
        return lost;
      }
    }
    for (String part : new String[] {"items", "additionalProperties"}) {
      if (shipped.path(part).isObject()) {
        Optional<String> lost = dropped(path, shipped.path(part), installed.path(part));
        if (lost.isPresent()) {
          return lost;
        }
      }
    }
    return Optional.empty();
  }

  private static JsonNode read(String name) {
    String file = "/crds/" + name + ".yaml";
    try (InputStream in = ShippedKinds.class.getResourceAsStream(file)) {
      return YAML.readTree(in).at("/spec/versions");
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalStateException(file + " cannot be read from the class path", e);
    }
  }
}
