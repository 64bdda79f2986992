package io.secamo.processes.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.secamo.processes.api.orchestrator.ConnectionSpec;
import io.secamo.processes.connector.openstack.OpenStackFactory;
import io.secamo.processes.connector.requesttracker.RequestTrackerFactory;
import io.secamo.processes.kubernetes.Controllers;
import io.secamo.processes.kubernetes.Settings;
import io.secamo.processes.kubernetes.health.Transitions;
import io.secamo.processes.operator.Kinds;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.Patience;
import io.secamo.processes.systems.RealSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever the API server takes, the operator brings to a state that people understand. */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class RandomRequestsTest {
  private static final long SEED = Long.getLong("fuzz.seed", 20261124);
  private static final int COUNT = Integer.getInteger("fuzz.count", 600);

  /** For one request that its people leave alone; each thing they change may cost one more. */
  private static final int MOST_WRITES = 12;

  /**
   * What one more attempt costs: it is announced, and what came of it is told. How often a rule is
   * just being removed by another request depends on when people vote.
   */
  private static final int AN_ATTEMPT = 2;

  private static final Set<String> WAITING =
      Set.of("AwaitingApproval", "Scheduled", "Suspended", "InForce", "NeedsAttention");
  private static final ObjectMapper ASCII =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final Random random = new Random(SEED);
  private final RandomRequests requests = new RandomRequests(random);
  private final Map<String, ObjectNode> accepted = new TreeMap<>();
  private final Map<String, Integer> answers = new TreeMap<>();
  private final Map<String, Integer> changes = new HashMap<>();
  private final Map<String, String> voted = new ConcurrentHashMap<>();
  private final List<String> deaths = new CopyOnWriteArrayList<>();
  private final Thread.UncaughtExceptionHandler before =
      Thread.getDefaultUncaughtExceptionHandler();
  private final Set<Thread> others = Thread.getAllStackTraces().keySet();
  private Installation installation;
  private KubernetesClient client;
  private Controllers operator;
  private Onlooker onlooker;

  @BeforeEach
  void setTheStage() {
    Thread.setDefaultUncaughtExceptionHandler(this::died);
    installation = new Installation("random");
    client = installation.cluster().client("operator");
    Clock clock = Clock.systemUTC();
    operator =
        Controllers.start(
            client,
            Kinds.shipped(),
            Map.of(
                ConnectionSpec.Type.REQUEST_TRACKER,
                new RequestTrackerFactory(clock),
                ConnectionSpec.Type.OPEN_STACK,
                new OpenStackFactory(clock)),
            new Settings(
                clock, "", why -> deaths.add("ends: " + why), Set.of(), Transitions.UNHEARD));
    onlooker = new Onlooker(installation.server(), collection(), this::vote);
  }

  /**
   * Operators that other classes killed in this Java machine may have threads that still stumble.
   * Platform threads are known by their age; virtual ones are listed nowhere, but stumble over
   * their closed client, and ours is open until everything was asserted.
   */
  private void died(Thread thread, Throwable why) {
    boolean closed = String.valueOf(why.getMessage()).contains("already closed");
    if (!others.contains(thread) && !closed) {
      deaths.add(thread + ": " + why);
    }
  }

  @AfterEach
  void clearTheStage() {
    onlooker.close();
    operator.close();
    client.close();
    installation.close();
    Thread.setDefaultUncaughtExceptionHandler(before);
  }

  private String collection() {
    return installation.slot().requests();
  }

  private String path(String name) {
    return collection() + "/" + name;
  }

  /** Seven of ten plans are approved, one is rejected; nobody looks at the others. */
  private void vote(JsonNode request) {
    String name = request.at("/metadata/name").asText();
    String digest = request.at("/status/plan/digest").asText();
    int mood = Math.floorMod(name.hashCode(), 10);
    boolean waits = request.at("/status/state").asText().equals("AwaitingApproval");
    if (!waits || mood > 7 || digest.equals(voted.put(name, digest))) {
      return;
    }
    String word = mood == 7 ? "reject" : "approve";
    Thread.ofVirtual()
        .start(
            () ->
                installation
                    .server()
                    .patch("approver", path(name), annotation(word, digest + " seen")));
  }

  private static String annotation(String key, String value) {
    ObjectNode patch = ApiServer.JSON.createObjectNode();
    patch
        .putObject("metadata")
        .putObject("annotations")
        .put(key.contains("/") ? key : "processes.secamo.io/" + key, value);
    return patch.toString();
  }

  @Test
  void everyRequestThatIsTakenEndsOrWaitsForSomebody() throws Exception {
    long began = System.nanoTime();
    for (int i = 0; i < COUNT; i++) {
      submit("g" + i);
      if (!accepted.isEmpty() && random.nextInt(2) == 0) {
        change(List.copyOf(accepted.keySet()).get(random.nextInt(accepted.size())));
      }
    }
    boolean quiet = Installation.until(Patience.LIMIT, this::settled) && fallsSilent();
    List<String> complaints = new ArrayList<>(onlooker.defects());
    complaints.addAll(deaths);
    Map<String, Integer> ended = new TreeMap<>();
    accepted.keySet().forEach(name -> ended.merge(state(name), 1, Integer::sum));
    Map<String, Integer> writes = writes();
    complain(complaints, writes);
    complaints.addAll(invalid());
    boolean gone = everythingGoes();
    System.out.printf(
        "FIGURE generated requests: %d, %d taken, %s; ended %s; at most %d writes for one; %d s,"
            + " seed %d%n",
        COUNT,
        accepted.size(),
        answers,
        ended,
        writes.values().stream().max(Integer::compare).orElse(0),
        Duration.ofNanos(System.nanoTime() - began).toSeconds(),
        SEED);
    assertThat(complaints).as("what was submitted is in " + folder()).isEmpty();
    assertThat(quiet).as("the operator stops writing when everything waits").isTrue();
    assertThat(gone).as("everything goes when it is deleted").isTrue();
    assertThat(operator.alive()).isTrue();
    assertThat(deaths).isEmpty();
    assertThat(accepted).as("else the generator proves nothing").hasSizeGreaterThan(COUNT / 4);
    assertThat(COUNT - accepted.size()).isGreaterThan(COUNT / 10);
  }

  // ------------------------------------------------------------ what people do

  private void submit(String name) throws IOException {
    ObjectNode request = requests.next(name);
    ApiServer.Answer answer = installation.server().post("requester", collection(), text(request));
    count("created", answer);
    if (answer.code() == 201) {
      accepted.put(answer.json().at("/metadata/name").asText(), request);
    }
  }

  /** Some as they are, some with every letter that is not ASCII escaped, halves of letters too. */
  private String text(JsonNode request) throws IOException {
    return random.nextBoolean()
        ? ASCII.writeValueAsString(request)
        : ApiServer.JSON.writeValueAsString(request);
  }

  private void count(String what, ApiServer.Answer answer) {
    answers.merge(what + " " + answer.code(), 1, Integer::sum);
  }

  private void change(String name) throws IOException {
    String person = List.of("requester", "requester", "approver", "admin").get(random.nextInt(4));
    ApiServer.Answer answer =
        switch (random.nextInt(10)) {
          case 0, 1 -> patch(person, name, "{\"spec\":{\"suspend\":" + random.nextBoolean() + "}}");
          case 2 -> patch(person, name, "{\"spec\":{\"withdrawn\":" + random.nextBoolean() + "}}");
          case 3 -> patch(person, name, annotation("requested-at", "t" + random.nextInt()));
          case 4 -> patch(person, name, annotation("example.com/note", "n" + random.nextInt()));
          case 5 -> patch(person, name, annotation("resolve", answerToAStuckOne()));
          case 6 -> patch(person, name, annotation("approve", "0123456789abcdef no such plan"));
          case 7 -> patch(person, name, "{\"metadata\":{\"finalizers\":null}}");
          case 8 -> installation.server().delete(person, path(name));
          default -> patch(person, name, spoilt(name));
        };
    count("changed", answer);
    if (answer.code() == 200) {
      changes.merge(name, 1, Integer::sum);
    }
  }

  private String answerToAStuckOne() {
    return List.of(
            "abandon", "resume:Plan", "resume:Nowhere", "skip:OpenTicket", "skip:Apply", "🔥")
        .get(random.nextInt(6));
  }

  private String spoilt(String name) throws IOException {
    ObjectNode patch = ApiServer.JSON.createObjectNode();
    JsonNode spec = accepted.get(name).path("spec");
    if (spec.deepCopy() instanceof ObjectNode copy) {
      requests.spoil(copy);
      patch.set("spec", copy);
    }
    return text(patch);
  }

  private ApiServer.Answer patch(String person, String name, String patch) {
    return installation.server().patch(person, path(name), patch);
  }

  // ------------------------------------------------------------ what came of it

  private String state(String name) {
    JsonNode now = onlooker.now(name);
    return now.isMissingNode() ? "gone" : now.at("/status/state").asText("nothing");
  }

  private boolean settled() {
    return deaths.isEmpty() && accepted.keySet().stream().allMatch(this::settled);
  }

  private boolean settled(String name) {
    JsonNode now = onlooker.now(name);
    String state = state(name);
    if (now.isMissingNode()) {
      return !onlooker.last(name).isMissingNode();
    }
    if (now.at("/metadata").has("deletionTimestamp") && !state.equals("NeedsAttention")) {
      return false;
    }
    String until = now.at("/status/expiresAt").asText("");
    boolean overdue =
        state.equals("InForce") && !until.isEmpty() && Instant.parse(until).isBefore(Instant.now());
    boolean decided =
        state.equals("AwaitingApproval")
            && now.at("/metadata/annotations").toString().contains(digest(now) + " seen");
    return Checker.TERMINAL.contains(state) || (WAITING.contains(state) && !overdue && !decided);
  }

  private static String digest(JsonNode request) {
    return request.at("/status/plan/digest").asText("none");
  }

  /** Whether the operator falls silent: nothing is written in three seconds. */
  private boolean fallsSilent() {
    return Installation.until(
        Patience.LIMIT,
        () -> {
          int written = writes().values().stream().mapToInt(i -> i).sum();
          Front.pause(Duration.ofSeconds(3));
          return writes().values().stream().mapToInt(i -> i).sum() == written && settled();
        });
  }

  /** How often the operator wrote to each request and its record, refused writes too. */
  private Map<String, Integer> writes() {
    Map<String, String> names = new HashMap<>();
    for (String name : accepted.keySet()) {
      JsonNode seen = onlooker.now(name).isMissingNode() ? onlooker.last(name) : onlooker.now(name);
      names.put(name, name);
      names.put(seen.at("/metadata/uid").asText(), name);
    }
    Map<String, Integer> writes = new TreeMap<>();
    for (String line : installation.cluster().audit()) {
      if (line.contains(Installation.OPERATOR) && !line.contains("dryRun=All")) {
        String object = object(line);
        String name = names.get(object.replaceAll("\\.[0-9a-f]{16}$", ""));
        if (name != null) {
          writes.merge(name, 1, Integer::sum);
        }
      }
    }
    return writes;
  }

  /** What the operator wrote and the API server would not take: nobody ever reads that. */
  private List<String> invalid() {
    return installation.cluster().audit().stream()
        .filter(line -> line.contains(Installation.OPERATOR) && line.contains("\"code\":422"))
        .map(line -> "refused as invalid: " + line)
        .toList();
  }

  private static String object(String line) {
    try {
      return ApiServer.JSON.readTree(line).at("/objectRef/name").asText("");
    } catch (IOException halfALine) {
      return "";
    }
  }

  private int mostWrites(String name) {
    int attempts = 0;
    for (JsonNode step : onlooker.now(name).at("/status/steps")) {
      attempts += step.path("attempts").asInt();
    }
    return MOST_WRITES + changes.getOrDefault(name, 0) + AN_ATTEMPT * attempts;
  }

  private void complain(List<String> complaints, Map<String, Integer> writes) throws IOException {
    Files.createDirectories(folder());
    for (String name : accepted.keySet()) {
      int made = writes.getOrDefault(name, 0);
      if (!settled(name) || made > mostWrites(name)) {
        complaints.add(
            name
                + " is "
                + state(name)
                + " after "
                + made
                + " writes: "
                + onlooker.now(name).at("/status/message").asText());
        Files.writeString(
            folder().resolve(name + ".json"),
            ASCII.writeValueAsString(accepted.get(name)) + "\n" + onlooker.now(name) + "\n");
      }
    }
  }

  private static Path folder() {
    return Path.of("target", "faults", "generated");
  }

  private boolean everythingGoes() {
    accepted.keySet().forEach(name -> installation.server().delete("admin", path(name)));
    boolean gone =
        Installation.until(
            Patience.LIMIT,
            () -> accepted.keySet().stream().allMatch(name -> state(name).equals("gone")));
    return gone;
  }
}
