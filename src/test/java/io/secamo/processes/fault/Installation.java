package io.secamo.processes.fault;

import com.fasterxml.jackson.databind.JsonNode;
import io.secamo.processes.controlplane.ControlPlane;
import io.secamo.processes.systems.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A cluster of its own with people, a ticket desk and a cloud, on which operators run as processes:
 * for faults that only the operating system can make.
 */
public final class Installation implements AutoCloseable {
  /** The operator's account, as the audit log has it. */
  public static final String OPERATOR =
      "system:serviceaccount:process-orchestrator:process-orchestrator";

  private final ControlPlane cluster;
  private final ApiServer server;
  private final Path folder;
  private final Ledger ledger;
  private final Imitation world;
  private final OutsideFront outside;
  private final Slot slot;
  private final Path kubeconfig;
  private final Trouble none = new Trouble(List.of());
  private final List<Case> cases = new CopyOnWriteArrayList<>();
  private final Thread people = Thread.ofVirtual().unstarted(this::playPeople);
  private volatile boolean closed;

  private final List<OutsideFront> fronts = new CopyOnWriteArrayList<>();

  /** One request and those who take part in it. */
  record Case(Story story, Slot slot, String name, String uid, History history, People people)
      implements AutoCloseable {
    boolean over() {
      History.Version last = history.last();
      if (last == null) {
        return false;
      }
      return switch (story) {
        case DELETED_EARLY, DELETED_IN_FORCE -> last.type().equals("DELETED");
        // Completed first, for as long as nobody asks for its removal.
        case REMOVED -> last.state().equals(story.ending());
        default -> Checker.TERMINAL.contains(last.state());
      };
    }

    String state() {
      return history.last() == null ? "" : history.last().state();
    }

    @Override
    public void close() {
      history.close();
    }
  }

  /**
   * One of its own, known by a name.
   *
   * @param controllers those of Kubernetes that run in it
   */
  public Installation(String name, String... controllers) {
    Stalls.noticed();
    cluster = ControlPlane.apart(name, controllers);
    server = new ApiServer(cluster);
    kubeconfig = cluster.kubeconfig("operator");
    try {
      folder = Files.createDirectories(Path.of("target", "faults", "processes"));
      ledger = new Ledger(folder.resolve("ledger-" + ProcessHandle.current().pid() + ".jsonl"));
      world = new Imitation(ledger);
      outside = new OutsideFront(new Untouched(), 0, none, world);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    outside.open();
    slot = Slot.prepare(server, "customer", outside.address());
    people.start();
  }

  /** Nothing happens to it. */
  static final class Untouched implements Front.Life {
    @Override
    public boolean over() {
      return false;
    }

    @Override
    public void end() {}

    @Override
    public void away(Duration time) {}

    @Override
    public void overtake() {}

    @Override
    public void around(Fault.Kind kind, Fault.Channel channel) {}
  }

  public ControlPlane cluster() {
    return cluster;
  }

  public ApiServer server() {
    return server;
  }

  public Slot slot() {
    return slot;
  }

  /** One more namespace with the same people, policy and outside systems. */
  Slot namespace(String name) {
    return Slot.prepare(server, name, outside.address());
  }

  /** One more namespace that has a way of its own to the same outside systems, which may fail. */
  Slot namespace(String name, Front.Life life, Trouble trouble) {
    try {
      OutsideFront front = new OutsideFront(life, 0, trouble, world);
      fronts.add(front);
      front.open();
      return Slot.prepare(server, name, front.address());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  TicketDesk desk() {
    return world.desk();
  }

  Cloud cloud() {
    return world.cloud();
  }

  public Ledger ledger() {
    return ledger;
  }

  Path folder() {
    return folder;
  }

  Path kubeconfig() {
    return kubeconfig;
  }

  /** Submits a request; its people take part in it from now on. */
  Case submit(Story story, String name) {
    Case made = submitAlone(story, name);
    takePart(made);
    return made;
  }

  /** Submits a request of which nobody takes notice. */
  Case submitAlone(Story story, String name) {
    return submitAlone(slot, story, name, story.yaml(name));
  }

  /** The same in another namespace, or in other words. */
  Case submitAlone(Slot where, Story story, String name, String yaml) {
    History history = new History(server, where.requests(), name);
    JsonNode created = server.post("requester", where.requests(), yaml).orFail().json();
    return new Case(
        story,
        where,
        name,
        created.at("/metadata/uid").asText(),
        history,
        new People(server, story, where.requests() + "/" + name));
  }

  /** From now on its people take part in a request. */
  void takePart(Case one) {
    cases.add(one);
  }

  String path(Case one) {
    return one.slot().requests() + "/" + one.name();
  }

  /** The request as the API server has it; nothing if that does not answer. */
  JsonNode now(Case one) {
    try {
      return server.get("admin", path(one)).json();
    } catch (RuntimeException noAnswer) {
      return ApiServer.JSON.createObjectNode();
    }
  }

  /** The lease between the replicas. */
  JsonNode lease() {
    String leases = "/apis/coordination.k8s.io/v1/namespaces/process-orchestrator/leases/";
    return server.get("admin", leases + "process-orchestrator").json();
  }

  /** How often a rule was added for a request. */
  long additions(String request) {
    return ledger.entries("rule.added").stream()
        .filter(e -> e.text().startsWith(request + " "))
        .count();
  }

  /** How many calls the outside systems have had. */
  public int calls() {
    return none.count(Fault.Channel.RT) + none.count(Fault.Channel.OS);
  }

  /** A copy of the database, as a snapshot of its disk would be. */
  Path backUp() throws IOException, InterruptedException {
    cluster.pause();
    Path copy = folder.resolve("backup-" + ProcessHandle.current().pid()).toAbsolutePath();
    copy(cluster.directory().resolve("etcd"), copy);
    cluster.resume();
    return copy;
  }

  /** Puts a copy in the place of the database. */
  void restore(Path backup) throws IOException, InterruptedException {
    cluster.pause();
    copy(backup, cluster.directory().resolve("etcd"));
    cluster.resume();
  }

  private static void copy(Path from, Path to) throws IOException, InterruptedException {
    Process copying =
        new ProcessBuilder("sh", "-c", "rm -rf \"$1\" && cp -R \"$0\" \"$1\"", from + "", to + "")
            .inheritIO()
            .start();
    if (copying.waitFor() != 0) {
      throw new IOException("could not copy " + from);
    }
  }

  private void playPeople() {
    while (!closed) {
      for (Case one : cases) {
        History.Version last = one.history().last();
        if (last != null && !one.over()) {
          try {
            one.people().look(last);
          } catch (RuntimeException serverIsDown) {
            Front.pause(Duration.ofMillis(200));
          }
        }
      }
      Front.pause(Duration.ofMillis(40));
    }
  }

  /** Waits until something is so. */
  public static boolean until(Duration patience, java.util.function.BooleanSupplier so) {
    Instant end = Instant.now().plus(patience);
    while (!so.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        return false;
      }
      Front.pause(Duration.ofMillis(50));
    }
    return true;
  }

  /**
   * Waits for the end of requests and has them judged.
   *
   * @param replicas how often a replica stood still while another one took over
   */
  List<String> judged(List<Case> judged, int replicas) {
    return judged(judged, replicas, 0);
  }

  /**
   * Likewise.
   *
   * @param exchanges how often the admission policies were exchanged while a request went on
   */
  List<String> judged(List<Case> judged, int replicas, int exchanges) {
    until(Patience.LIMIT, () -> judged.stream().allMatch(Case::over));
    // A replica that stood still may act once more, and has to take that back.
    until(Patience.LIMIT, () -> judged.stream().allMatch(this::asItShallBe));
    List<String> audit = cluster.audit();
    List<String> violations = new ArrayList<>();
    for (Case one : judged) {
      Witness witness = new Witness(one.slot(), world);
      List<String> writes = writes(one, audit);
      Checker.Seen seen = witness.seen(one.history(), one.uid(), one.name(), writes);
      Checker checker = new Checker(one.story(), seen, replicas, 0).askedAnew(exchanges);
      for (String violation : checker.violations(one.over())) {
        violations.add(one.story() + " " + one.name() + ": " + violation);
      }
    }
    return violations;
  }

  /** What the operators have written about a request so far. */
  List<String> writes(Case one) {
    return writes(one, cluster.audit());
  }

  private static List<String> writes(Case one, List<String> audit) {
    return audit.stream()
        .filter(line -> line.contains(OPERATOR) && line.contains("\"" + one.name() + "\""))
        .toList();
  }

  private boolean asItShallBe(Case one) {
    return world.rules(one.name()).size() == (one.story().stays ? 1 : 0);
  }

  @Override
  public void close() {
    closed = true;
    cases.forEach(Case::close);
    outside.close();
    fronts.forEach(Front::close);
    cluster.stop();
  }
}
