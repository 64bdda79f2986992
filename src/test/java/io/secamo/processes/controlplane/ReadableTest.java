package io.secamo.processes.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.secamo.processes.api.Groups;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.api.orchestrator.ApprovalDelegation;
import io.secamo.processes.api.orchestrator.ApprovalPolicy;
import io.secamo.processes.api.orchestrator.ChangeWindow;
import io.secamo.processes.api.orchestrator.Connection;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the API server stores, the operator reads. One object that it cannot read ends its watch,
 * and with it every removal that is due: whoever may submit a request could keep all access alive.
 */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class ReadableTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final String REQUESTS =
      "/apis/processes.secamo.io/v1alpha1/namespaces/team-a/firewallchangerequests";
  private static final String UNREADABLE = " takes what nobody can read, ";

  /** One of each type, empty and filled, and what stands for nothing. */
  private static final List<JsonNode> ODD =
      List.of(
          JSON.nullNode(),
          JSON.booleanNode(true),
          JSON.numberNode(42),
          JSON.numberNode(1.5),
          JSON.numberNode(1L << 40),
          JSON.textNode("true"),
          JSON.textNode(""),
          JSON.arrayNode(),
          JSON.arrayNode().add("a"),
          JSON.arrayNode().add(JSON.arrayNode()),
          JSON.objectNode(),
          JSON.objectNode().put("unknown", "field"));

  private static final String REQUEST =
      """
      {"justification":"Order 9051","connection":"cloud","target":{"securityGroup":"web"},
       "rules":[{"name":"web","protocol":"tcp","ports":["443"],"peers":["203.0.113.0/24"]}]}
      """;

  private static final Map<Class<? extends HasMetadata>, String> SPECS =
      Map.of(
          FirewallChangeRequest.class,
          REQUEST,
          Connection.class,
          """
          {"type":"RequestTracker","endpoint":"https://rt.example.com",
           "requestTracker":{"queue":"General"},"secretRef":{"name":"helpdesk"}}
          """,
          ApprovalPolicy.class,
          """
          {"rules":[{"name":"all","gates":[{"name":"security"}]}]}
          """,
          ChangeWindow.class,
          """
          {"type":"Allow","start":"2027-01-01T20:00","duration":"2h","reason":"The night"}
          """,
          ApprovalDelegation.class,
          """
          {"gate":"security","by":"admin","to":"deputy","until":"%s"}
          """
              .formatted(Submitted.inThirtyDays()));

  @Test
  void whatIsStoredCanBeRead() {
    read(ControlPlane.running());
  }

  /**
   * Who may edit a request also writes what others are said to have set. The usual limits of a
   * parser are lower than those of the API server, and the request cannot even be deleted then.
   */
  @ParameterizedTest
  @ValueSource(ints = {60_000, -1_100})
  void whatOthersAreSaidToHaveSetCanBeRead(int size) {
    ControlPlane cluster = ControlPlane.running();
    try (KubernetesClient requester = cluster.client("requester");
        KubernetesClient operator = cluster.client("operator");
        KubernetesClient admin = cluster.client("admin")) {
      ObjectNode request = new Twisted(admin, FirewallChangeRequest.class, REQUEST).object();
      JsonNode stored =
          ControlPlane.JSON.unmarshal(requester.raw(REQUESTS, "POST", request), JsonNode.class);
      try {
        String path = path(stored);
        String fields = size > 0 ? named("a".repeat(size)) : nested(-size);
        assertThat(requester.raw(path, "PUT", owned(stored, fields))).contains("somebody");
        assertThatThrownBy(() -> usual(admin.raw(path))).as("else nothing is shown").isNotNull();

        var all = admin.resources(FirewallChangeRequest.class).inNamespace("team-a");
        assertThat(all.list().getItems()).isNotEmpty();
        assertThat(all.withName("odd").get().getMetadata().getManagedFields())
            .extracting(ManagedFieldsEntry::getManager)
            .contains("somebody");
      } finally {
        var odd = operator.resources(FirewallChangeRequest.class).inNamespace("team-a");
        admin.raw(path(stored), "DELETE", null);
        odd.withName("odd")
            .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":[]}}");
      }
    }
  }

  private static String path(JsonNode request) {
    return REQUESTS + "/" + request.at("/metadata/name").asText();
  }

  private static void usual(String text) {
    assertThat(new KubernetesSerialization().unmarshal(text, FirewallChangeRequest.class))
        .isNotNull();
  }

  private static String owned(JsonNode request, String fields) {
    ((ArrayNode) request.at("/metadata/managedFields"))
        .addObject()
        .put("manager", "somebody")
        .put("operation", "Update")
        .put("apiVersion", "processes.secamo.io/v1alpha1")
        .put("time", "2026-01-01T00:00:00Z")
        .put("fieldsType", "FieldsV1")
        .put("fieldsV1", "these");
    return request.toString().replace("\"these\"", fields);
  }

  private static String named(String name) {
    return "{\"f:metadata\":{\"f:annotations\":{\"f:" + name + "\":{}}}}";
  }

  private static String nested(int depth) {
    return "{\"f:metadata\":" + "{\"f:a\":".repeat(depth) + "{}" + "}".repeat(depth) + "}";
  }

  /** Complains of each place of a spec that takes what cannot be read. */
  static void read(ControlPlane cluster) {
    List<String> complaints = new ArrayList<>();
    try (KubernetesClient admin = cluster.client("admin")) {
      for (var kind : SPECS.entrySet()) {
        Twisted twisted = new Twisted(admin, kind.getKey(), kind.getValue());
        assertThat(twisted.complaint(List.of(), twisted.usual())).isEmpty();
        int tried = twisted.everywhere(twisted.schema(), List.of(), complaints);
        assertThat(tried).isGreaterThan(4 * ODD.size());
      }
    }
    assertThat(complaints).isEmpty();
  }

  /** Objects of one kind that have something odd at one place of their spec. */
  private record Twisted(KubernetesClient admin, Class<? extends HasMetadata> kind, String spec) {
    JsonNode usual() {
      return ControlPlane.JSON.unmarshal(spec, JsonNode.class);
    }

    JsonNode schema() {
      return ControlPlane.JSON
          .convertValue(
              admin
                  .apiextensions()
                  .v1()
                  .customResourceDefinitions()
                  .withName(HasMetadata.getFullResourceName(kind))
                  .get(),
              JsonNode.class)
          .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
    }

    /** Tries every odd value at this place and below, and says how many. */
    int everywhere(JsonNode schema, List<String> path, List<String> complaints) {
      int tried = 0;
      for (JsonNode odd : path.isEmpty() ? List.<JsonNode>of() : ODD) {
        complaint(path, odd)
            .filter(why -> why.contains(UNREADABLE) || !fits(schema.path("type").asText(), odd))
            .ifPresent(complaints::add);
        tried++;
      }
      for (var property : schema.path("properties").properties()) {
        tried += everywhere(property.getValue(), with(path, property.getKey()), complaints);
      }
      if (schema.has("items")) {
        tried += everywhere(schema.path("items"), with(path, "[0]"), complaints);
      }
      return tried;
    }

    ObjectNode object() {
      ObjectNode object = JSON.objectNode();
      object.put("apiVersion", HasMetadata.getApiVersion(kind));
      object.put("kind", HasMetadata.getKind(kind));
      object.putObject("metadata").put("name", "odd");
      return object.set("spec", usual());
    }

    /** What is wrong, if anything: it is neither read nor refused because of its type. */
    Optional<String> complaint(List<String> path, JsonNode odd) {
      ObjectNode object = object();
      if (HasMetadata.getGroup(kind).equals(Groups.PROCESSES)) {
        object
            .withObject("/metadata")
            .putObject("annotations")
            .put("processes.secamo.io/requested-by", "admin");
      }
      object.set("spec", put(usual(), path, odd));
      String place = path.isEmpty() ? "spec" : "spec." + String.join(".", path).replace(".[", "[");
      try {
        String stored = admin.raw(collection(), "POST", object);
        return unread(stored).map(why -> place + UNREADABLE + odd + ": " + why);
      } catch (KubernetesClientException refused) {
        return refused.getMessage().contains(place)
            ? Optional.empty()
            : Optional.of(place + "=" + odd + " was not looked at: " + refused.getMessage());
      }
    }

    private Optional<String> unread(String stored) {
      try {
        assertThat(ControlPlane.JSON.unmarshal(stored, kind)).isNotNull();
        return Optional.empty();
      } catch (RuntimeException unreadable) {
        return Optional.of(String.valueOf(unreadable.getMessage()));
      }
    }

    private String collection() {
      return "/apis/"
          + HasMetadata.getApiVersion(kind)
          + "/namespaces/team-a/"
          + HasMetadata.getPlural(kind)
          + "?dryRun=All";
    }

    /** What is of the right type, or nothing, may be refused for whatever else is missing. */
    private static boolean fits(String type, JsonNode odd) {
      return odd.isNull()
          || switch (type) {
            case "string" -> odd.isTextual();
            case "integer" -> odd.isIntegralNumber();
            case "boolean" -> odd.isBoolean();
            case "array" -> odd.isArray();
            default -> odd.isObject();
          };
    }

    private static List<String> with(List<String> path, String step) {
      return Stream.concat(path.stream(), Stream.of(step)).toList();
    }

    /** The same with something else at a place; what leads there is made if it is missing. */
    private static JsonNode put(JsonNode whole, List<String> path, JsonNode odd) {
      if (path.isEmpty()) {
        return odd;
      }
      List<String> rest = path.subList(1, path.size());
      String step = path.get(0);
      if (step.equals("[0]")) {
        ArrayNode list = whole instanceof ArrayNode array ? array : JSON.arrayNode();
        JsonNode first = put(list.path(0), rest, odd);
        return list.isEmpty() ? list.add(first) : replaced(list, first);
      }
      ObjectNode object = whole instanceof ObjectNode fields ? fields : JSON.objectNode();
      return object.set(step, rest.isEmpty() ? odd : put(object.path(step), rest, odd));
    }

    private static ArrayNode replaced(ArrayNode list, JsonNode first) {
      list.set(0, first);
      return list;
    }
  }
}
