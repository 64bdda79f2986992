package io.secamo.processes.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Firewall changes as nobody would write them: plausible ones that are then spoilt in some places,
 * each place and each way of spoiling it taken from the schema that the cluster serves. The same
 * seed makes the same requests, but for times, which are counted from now.
 */
final class RandomRequests {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Path CRD = Path.of("crds/firewallchangerequests.processes.secamo.io.yaml");
  private static final List<String> IPV4 =
      List.of("203.0.113.0/24", "198.51.100.7", "10.0.0.0/8", "0.0.0.0/0", "192.0.2.128/25");
  private static final List<String> IPV6 = List.of("2001:db8::/48", "::1", "::/0", "fe80::/10");
  private static final List<String> PORTS =
      List.of("443", "8443-8450", "1-65535", "1", "65535", "22", "0443", "1-1");

  /** The API server takes more forms of a time than most programs. */
  private static final List<String> TIMES =
      List.of(
          "2099-01-01T00:00:00Z",
          "2099-01-01t00:00:00z",
          "2099-01-01T00:00:00.123456789Z",
          "2099-01-01T00:00:00+02:00",
          "2099-01-01T00:00:00-23:59",
          "2099-01-01T00:00:00+99:99",
          "2099-01-01T00:00:00,5Z",
          "2099-01-01T00:00:00x5Z",
          "2099-01-01T23:59:60Z",
          "2099-01-01T24:00:00Z",
          "2099-01-01T00:00:00",
          "2099-01-01",
          "2099-02-29T00:00:00Z",
          "0000-01-01T00:00:00Z",
          "9999-12-31T23:59:59Z",
          "1970-01-01T00:00:00Z",
          "99999-01-01T00:00:00Z",
          "tomorrow");

  private static final List<String> LETTERS =
      List.of(
          "🔥", "é", "e\u0301", "\u202e", "\u200b", "漢", "\u0000", "\n", "\u0085", "\ud800", "'");

  private final JsonNode schema;
  private final Random random;

  RandomRequests(Random random) {
    this.random = random;
    try {
      JsonNode crd = new YAMLMapper().readTree(Files.readString(CRD));
      this.schema = crd.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (schema.path("properties").isEmpty()) {
      throw new IllegalStateException(CRD + " has no schema of a spec");
    }
  }

  /** A request, spoilt in none to three places. */
  ObjectNode next(String name) {
    ObjectNode request = plausible(name);
    int times = List.of(0, 0, 1, 1, 1, 1, 1, 2, 2, 3).get(random.nextInt(10));
    for (int i = 0; i < times; i++) {
      switch (random.nextInt(10)) {
        case 0, 1, 2 -> contradict(spec(request));
        case 3 -> spoilMetadata(request);
        default -> spoil(spec(request));
      }
    }
    return request;
  }

  /** Spoils one place of a spec. */
  void spoil(ObjectNode spec) {
    List<Place> places = new ArrayList<>();
    collect(spec, schema, places);
    Place place = places.get(random.nextInt(places.size()));
    place.spoil(random.nextInt(8) == 0 ? otherType() : within(place.schema()));
  }

  private static ObjectNode spec(ObjectNode request) {
    return request.path("spec") instanceof ObjectNode spec ? spec : request.putObject("spec");
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private ObjectNode plausible(String name) {
    ObjectNode request = NODES.objectNode();
    request.put("apiVersion", "processes.secamo.io/v1alpha1").put("kind", "FirewallChangeRequest");
    request.putObject("metadata").put("name", name);
    ObjectNode spec = request.putObject("spec");
    spec.put("connection", random.nextInt(20) == 0 ? any(List.of("helpdesk", "nowhere")) : "cloud");
    spec.putObject("target").put("securityGroup", any(List.of("web", "db", name, name)));
    ArrayNode rules = spec.putArray("rules");
    for (int i = 0; i <= random.nextInt(3); i++) {
      rules.add(rule("r" + i));
    }
    spec.put("justification", "Order " + random.nextInt(10_000));
    if (random.nextInt(4) > 0) {
      ObjectNode ticket = spec.putObject("ticket").put("connection", "helpdesk");
      ticket.put("customer", "ACME").put("priority", random.nextInt(101));
    }
    if (random.nextBoolean()) {
      spec.put("expiresAfter", any(List.of("1h", "8h", "30d", "2s", "999999d")));
    }
    if (random.nextInt(4) == 0) {
      spec.put("onDelete", any(List.of("Retain", "Revert")));
      spec.put("adoption", any(List.of("Never", "Reference")));
    }
    return request;
  }

  private ObjectNode rule(String name) {
    ObjectNode rule = NODES.objectNode().put("name", name);
    boolean ipv6 = random.nextInt(3) == 0;
    String protocol = any(List.of("tcp", "tcp", "udp", ipv6 ? "icmpv6" : "icmp", "any"));
    rule.put("protocol", protocol).put("direction", any(List.of("Ingress", "Egress")));
    for (int i = 0; i <= random.nextInt(3); i++) {
      rule.withArray("/peers").add(any(ipv6 ? IPV6 : IPV4));
    }
    if (protocol.equals("tcp") || protocol.equals("udp")) {
      rule.withArray("/ports").add(any(PORTS));
    }
    return rule;
  }

  // ------------------------------------------------------------ places and what spoils them

  /** A place in a spec, filled or not. */
  private record Place(ContainerNode<?> parent, String field, int index, JsonNode schema) {
    /** Puts something there; nothing takes away what is there. */
    void spoil(JsonNode value) {
      boolean nothing = value.isMissingNode();
      if (parent instanceof ObjectNode object) {
        if (nothing) {
          object.remove(field);
        } else {
          object.set(field, value);
        }
      } else if (parent instanceof ArrayNode array) {
        if (nothing) {
          array.remove(index);
        } else {
          array.set(index, value);
        }
      }
    }
  }

  private static void collect(JsonNode value, JsonNode schema, List<Place> places) {
    if (value instanceof ObjectNode object) {
      for (var property : schema.path("properties").properties()) {
        places.add(new Place(object, property.getKey(), 0, property.getValue()));
        collect(object.path(property.getKey()), property.getValue(), places);
      }
    } else if (value instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        places.add(new Place(array, "", i, schema.path("items")));
        collect(array.get(i), schema.path("items"), places);
      }
    }
  }

  private JsonNode otherType() {
    return any(
        List.of(
            NODES.missingNode(),
            NODES.nullNode(),
            NODES.numberNode(42),
            NODES.numberNode(1.5),
            NODES.booleanNode(true),
            NODES.textNode("true"),
            NODES.arrayNode(),
            NODES.objectNode().put("unknown", "field")));
  }

  /** Something of the right type, at or beyond its limits. */
  private JsonNode within(JsonNode type) {
    return switch (type.path("type").asText()) {
      case "string" -> NODES.textNode(text(type));
      case "integer" ->
          NODES.numberNode(
              any(List.of(0L, 1L, 100L, 101L, -1L, 1L << 31, Long.MAX_VALUE, Long.MIN_VALUE)));
      case "boolean" -> NODES.booleanNode(random.nextBoolean());
      case "array" -> list(type);
      default -> random.nextBoolean() ? NODES.missingNode() : filled(type);
    };
  }

  private String text(JsonNode type) {
    if (type.has("enum") && random.nextBoolean()) {
      return any(List.of(type.at("/enum/0").asText(), "", "other", "INGRESS"));
    }
    if (type.path("format").asText().equals("date-time")) {
      return any(TIMES);
    }
    int most = type.path("maxLength").asInt(300);
    int length = any(List.of(0, 1, type.path("minLength").asInt(0), most, most, most + 1, 20_000));
    String letter = random.nextBoolean() ? "a" : any(LETTERS);
    String first = random.nextBoolean() ? "" : "x";
    return length == 0 ? "" : first + letter.repeat(Math.max(0, length - first.length()));
  }

  private ArrayNode list(JsonNode type) {
    ArrayNode list = NODES.arrayNode();
    int most = type.path("maxItems").asInt(32);
    int size = any(List.of(0, 1, most, most + 1, 1000));
    JsonNode items = type.path("items");
    boolean peers = items.path("maxLength").asInt() == 43;
    for (int i = 0; i < size; i++) {
      if (items.path("type").asText().equals("object")) {
        list.add(rule(random.nextInt(40) == 0 ? "r0" : "r" + i));
      } else {
        list.add(peers ? "10." + i / 250 + "." + i % 250 + ".0/24" : Integer.toString(1000 + i));
      }
    }
    return list;
  }

  private ObjectNode filled(JsonNode type) {
    ObjectNode object = NODES.objectNode();
    for (var property : type.path("properties").properties()) {
      if (random.nextBoolean()) {
        object.set(property.getKey(), within(property.getValue()));
      }
    }
    object.properties().removeIf(field -> field.getValue().isMissingNode());
    return object;
  }

  // ------------------------------------------------------------ well-formed and impossible

  private static String in(long seconds) {
    return Instant.now().plusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private void contradict(ObjectNode spec) {
    List<Consumer<ObjectNode>> ways =
        List.of(
            s -> s.put("expiresAt", in(3600)).put("expiresAfter", "1h"),
            s -> s.put("notBefore", in(7200)).put("expiresAt", in(3600)).remove("expiresAfter"),
            s -> s.put("expiresAt", in(-60)).remove("expiresAfter"),
            s -> s.put("expiresAt", in(2)).remove("expiresAfter"),
            s -> s.put("notBefore", in(3)),
            s -> s.put("notBefore", "9999-12-31T23:59:59Z"),
            s -> s.put("expiresAt", any(TIMES)).remove("expiresAfter"),
            s -> s.put("notBefore", any(TIMES)),
            s -> s.putObject("target").put("securityGroup", any(WIDE).repeat(255)),
            this::longest,
            s -> s.put("justification", "x" + any(WIDE).repeat(249)),
            s -> customer(s).put("customer", "x" + any(WIDE).repeat(99)),
            s -> everyRule(s, r -> r.put("description", "x" + any(WIDE).repeat(99))),
            s -> s.put("withdrawn", true),
            s -> s.put("suspend", true),
            s -> s.put("withdrawn", true).put("suspend", true),
            s -> s.put("supersedes", "itself"),
            s -> s.put("connection", any(List.of("helpdesk", "nowhere", "Cloud", "../cloud"))),
            s -> s.putObject("ticket").put("connection", any(List.of("cloud", "nowhere"))),
            s -> s.putArray("rules").add(rule("same")).add(rule("same")),
            s -> s.set("rules", product(16, 16)),
            s -> s.set("rules", product(16, 17)),
            s -> s.set("rules", product(16, 32)),
            s -> everyRule(s, r -> r.put("protocol", "any").putArray("ports").add("443")),
            s -> everyRule(s, r -> r.put("protocol", "icmp").putArray("peers").add("::/0")),
            s -> everyRule(s, r -> r.putArray("peers").add("10.0.0.0/8").add("::/0")),
            s -> everyRule(s, r -> r.putArray("peers").add(any(ODD_PEERS))),
            s -> everyRule(s, r -> r.put("protocol", "tcp").putArray("ports").add(any(ODD_PORTS))));
    any(ways).accept(spec);
  }

  /** Letters that count as one for the API server and as two or more in Java or on the wire. */
  private static final List<String> WIDE = List.of("g", "漢", "🔥");

  /** Everything that comes to be one line of a plan, as long as it can be. */
  private void longest(ObjectNode spec) {
    spec.putObject("target").put("securityGroup", any(WIDE).repeat(255));
    ObjectNode rule = spec.putArray("rules").addObject().put("name", "r").put("protocol", "udp");
    rule.putArray("ports").add("10000-20000");
    rule.putArray("peers").add("2001:db8:1111:2222:3333:4444:5555:6666");
  }

  private static ObjectNode customer(ObjectNode spec) {
    return spec.putObject("ticket").put("connection", "helpdesk");
  }

  private static final List<String> ODD_PEERS =
      List.of(
          "10.1.2.3/8",
          "::ffff:10.0.0.1",
          "::ffff:a00:1/120",
          "010.0.0.1",
          "fe80::1%eth0",
          "10.0.0.0/33",
          "10.0.0.0/08",
          "2001:DB8::",
          "0:0:0:0:0:0:0:0/0",
          "1.2.3.4 ",
          "::");

  private static final List<String> ODD_PORTS =
      List.of("0", "65536", "443-80", "0-65535", "00080", "1-65535", "-1", "443-", "٤٤٣");

  private static void everyRule(ObjectNode spec, Consumer<ObjectNode> change) {
    for (JsonNode rule : spec.path("rules")) {
      if (rule instanceof ObjectNode object) {
        change.accept(object);
      }
    }
  }

  /** One rule that comes to as many single ones as there are ports times peers. */
  private ArrayNode product(int ports, int peers) {
    ObjectNode rule = NODES.objectNode().put("name", "many").put("protocol", "tcp");
    for (int i = 0; i < ports; i++) {
      rule.withArray("/ports").add(Integer.toString(2000 + 2 * i));
    }
    for (int i = 0; i < peers; i++) {
      rule.withArray("/peers").add("10.9." + i + ".0/24");
    }
    return NODES.arrayNode().add(rule);
  }

  private void spoilMetadata(ObjectNode request) {
    ObjectNode metadata = (ObjectNode) request.path("metadata");
    String name = metadata.path("name").asText();
    List<Consumer<ObjectNode>> ways =
        List.of(
            m -> m.put("name", name + "x".repeat(63 - name.length())),
            m -> m.put("name", name + "x".repeat(64 - name.length())),
            m -> m.put("name", name + ".example.com"),
            m -> m.put("name", name + "_X"),
            m -> m.putObject("annotations").put("example.com/long", "y".repeat(200_000)),
            m -> m.putObject("annotations").put("example.com/🔥", "no key"),
            m -> m.putObject("annotations").put("processes.secamo.io/requested-by", "approver"),
            m -> m.putObject("annotations").put("processes.secamo.io/approve", "0123456789abcdef"),
            m -> m.putObject("annotations").put("processes.secamo.io/requested-at", "🔥"),
            m -> m.putObject("annotations").put("processes.secamo.io/resolve", "abandon"),
            m -> m.putObject("labels").put("customer", "ACME"),
            m -> m.putArray("finalizers").add("processes.secamo.io/other"),
            m -> m.putArray("annotations"),
            m -> request.putObject("status").put("state", "InForce"),
            m -> request.put("spec", "none"),
            m -> request.remove("spec"),
            m -> request.put("kind", "FirewallChange"));
    any(ways).accept(metadata);
  }
}
