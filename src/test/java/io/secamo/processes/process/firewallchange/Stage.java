package io.secamo.processes.process.firewallchange;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.KindName;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec;
import io.secamo.processes.api.orchestrator.ConnectionSpec;
import io.secamo.processes.api.orchestrator.ConnectionSpec.Fault;
import io.secamo.processes.approval.ApprovalRules;
import io.secamo.processes.approval.Ballot.Holders;
import io.secamo.processes.approval.Delegation;
import io.secamo.processes.approval.Protection;
import io.secamo.processes.connector.ConnectionFacts;
import io.secamo.processes.connector.ConnectionSettings;
import io.secamo.processes.connector.Connector;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.FirewallProvider.LiveRule;
import io.secamo.processes.connector.Systems;
import io.secamo.processes.connector.TicketSystem;
import io.secamo.processes.connector.sandbox.InMemoryStore;
import io.secamo.processes.connector.sandbox.SandboxFactory;
import io.secamo.processes.effect.Interruption;
import io.secamo.processes.effect.Place;
import io.secamo.processes.effect.Reliance;
import io.secamo.processes.engine.Guard;
import io.secamo.processes.engine.PassResult;
import io.secamo.processes.engine.ProcessEngine;
import io.secamo.processes.engine.procedure.Request;
import io.secamo.processes.engine.procedure.Request.Wish;
import io.secamo.processes.process.CachedSurroundings;
import io.secamo.processes.process.Surroundings;
import io.secamo.processes.window.Calendar;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A cluster, a ticket system and a cloud in memory, and a clock that obeys. */
final class Stage implements Surroundings {
  final InMemoryStore store = new InMemoryStore();
  final List<Change> changes = new ArrayList<>();
  final List<Fault> faults = new ArrayList<>();
  Instant now = Instant.parse("2027-01-04T09:00:00Z");
  final List<ApprovalRules.Policy> policies = new ArrayList<>();
  final List<Delegation> delegations = new ArrayList<>();
  final List<Calendar.Named> windows = new ArrayList<>();
  String busy;
  String targetAskedFor;
  final Map<String, String> connectionLabels = new HashMap<>();
  boolean blind;
  boolean connectionGone;

  /** The connector that made the change is. */
  boolean makerRemembered;

  /** It is gone as well, but what it was last is known. */
  boolean connectionRemembered;

  UnaryOperator<FirewallProvider> cloudSeenThrough = UnaryOperator.identity();
  UnaryOperator<TicketSystem> deskSeenThrough = UnaryOperator.identity();
  boolean deskSearchLags;
  Protection protection = new Protection(Optional.empty(), "e1");
  Optional<Map<String, Holders>> mayVote = Optional.empty();
  String connectionUid = "conn-uid";
  String settings = "{}";
  String longest = "";
  boolean giverHolds = true;
  int giversAsked;
  String endpoint = "https://cloud.example.com";
  Optional<String> deskKeysAt = Optional.empty();
  Optional<String> deskEndpoint = Optional.empty();
  int outsideCalls;
  Runnable justBeforeAnEffect = () -> {};
  Runnable justBeforeItIsStored = () -> {};
  Runnable justAfterItIsStored = () -> {};
  Runnable onceAnotherWasAsked = () -> {};
  Map<String, List<Needed>> heardLate;
  final ProcessEngine<FirewallChangeSpec> engine =
      new ProcessEngine<>(() -> new FirewallChange(new CachedSurroundings(this)));

  /** One request with its stored status. */
  final class Change implements Guard<FirewallChangeSpec> {
    Request<FirewallChangeSpec> request;
    ProcessStatus status;
    boolean released;
    int writes;
    boolean somebodyElseWrote;

    private Change(Request<FirewallChangeSpec> request) {
      this.request = request;
    }

    State state() {
      return status == null ? null : status.state();
    }

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public void requireProtected() {
      protection
          .problem()
          .ifPresent(
              problem -> {
                throw new Interruption.Unprotected(problem);
              });
    }

    @Override
    public void checkpoint(ProcessStatus next) {
      if (somebodyElseWrote) {
        somebodyElseWrote = false;
        throw new Interruption.Conflict("somebody else wrote");
      }
      store(next);
    }

    private void store(ProcessStatus next) {
      justBeforeItIsStored.run();
      writes++;
      status = next;
      justAfterItIsStored.run();
    }

    @Override
    public Optional<Request<FirewallChangeSpec>> reread() {
      justBeforeAnEffect.run();
      return released ? Optional.empty() : Optional.of(request);
    }

    void annotate(String key, String value) {
      Map<String, String> annotations = new HashMap<>(request.annotations());
      annotations.put(key, value);
      request = copy(request.wish(), annotations);
    }

    void wish(Wish wish) {
      request = copy(wish, request.annotations());
    }

    private Request<FirewallChangeSpec> copy(Wish wish, Map<String, String> annotations) {
      return new Request<>(
          request.kind(),
          request.uid(),
          request.namespace(),
          request.name(),
          request.generation(),
          request.createdAt(),
          wish,
          request.requestedBy(),
          annotations,
          request.spec());
    }
  }

  Stage() {
    policy(1, rule("every-change", null, gate("security", 1)));
  }

  /** One policy with these rules, in place of all others. */
  void policy(long generation, ApprovalPolicySpec.Rule... rules) {
    policy(generation, new ApprovalPolicySpec(List.of(rules), null, null, null));
  }

  void policy(long generation, ApprovalPolicySpec spec) {
    policies.clear();
    policies.add(new ApprovalRules.Policy("every-change", "p1", generation, spec));
  }

  static ApprovalPolicySpec.Rule rule(String name, String when, ApprovalPolicySpec.Gate... gates) {
    return new ApprovalPolicySpec.Rule(
        name, when, List.of(gates), gates.length == 0, null, gates.length == 0);
  }

  static ApprovalPolicySpec.Gate gate(String name, int required) {
    return new ApprovalPolicySpec.Gate(name, required, null, null, null);
  }

  Change submitted(String name, FirewallChangeSpec spec) {
    return submitted(name, spec, "");
  }

  Change submitted(String name, FirewallChangeSpec spec, String submittedBy) {
    Map<String, String> annotations = new HashMap<>();
    annotations.put(Annotations.REQUESTED_BY, "requester");
    if (!submittedBy.isEmpty()) {
      annotations.put(Annotations.SUBMITTED_BY, submittedBy);
    }
    Change change =
        new Change(
            new Request<>(
                new KindName("FirewallChangeRequest"),
                "uid-" + name + "-0123456789",
                "team-a",
                name,
                1,
                now,
                Wish.PROCEED,
                "requester",
                annotations,
                spec));
    changes.add(change);
    work();
    return change;
  }

  void vote(Change change, String voter, String gate, boolean approve, String reason) {
    String prefix = approve ? Annotations.APPROVE_PREFIX : Annotations.REJECT_PREFIX;
    change.annotate(
        prefix + gate + "." + voter,
        voter + " " + change.status.plan().digest() + (reason.isEmpty() ? "" : " " + reason));
    work();
  }

  void pass(Duration time) {
    now = now.plus(time);
    work();
  }

  /** Lets the operator work until nothing is due any more. */
  void work() {
    changes.forEach(this::workOn);
  }

  /** Lets the operator work on one request, also while another one is worked on. */
  void workOn(Change change) {
    int passes = 0;
    while (passes < 10 && !change.released && !settled(change)) {
      passes++;
    }
  }

  private boolean settled(Change change) {
    PassResult result = engine.pass(change.request, change.status, change, now);
    if (!(result instanceof PassResult.Settled settled)) {
      return false;
    }
    if (!settled.status().equals(change.status)) {
      change.store(settled.status());
    }
    change.released = settled.mayBeDeleted();
    if (settled.defect().isPresent()) {
      throw new AssertionError("a defect", settled.defect().get());
    }
    return settled.wakeAt().filter(at -> !at.isAfter(now)).isEmpty();
  }

  List<LiveRule> cloud() {
    return sandbox().firewall().orElseThrow().observe("web").rules();
  }

  List<Map<String, String>> tickets() {
    return store.list("ticket").stream().map(e -> e.data()).toList();
  }

  Connector sandbox() {
    ConnectionSpec spec =
        new ConnectionSpec(
            ConnectionSpec.Type.SANDBOX,
            null,
            null,
            null,
            null,
            new ConnectionSpec.Sandbox(List.of("web"), List.copyOf(faults)),
            null,
            null);
    return new SandboxFactory(namespace -> store)
        .connect(new ConnectionSettings("team-a", "sandbox", spec, Map.of()));
  }

  @Override
  public String clusterId() {
    return "c1u5te12-0000";
  }

  @Override
  public Systems systems(String namespace) {
    return new Systems() {
      @Override
      public TicketSystem tickets(String connection) {
        TicketSystem real = named(connection).tickets().orElseThrow();
        return deskSeenThrough.apply(new SeenDesk(real, deskSearchLags, deskKeysAt));
      }

      @Override
      public FirewallProvider firewall(String connection) {
        FirewallProvider real = named(connection).firewall().orElseThrow();
        return cloudSeenThrough.apply(blind ? new Distorted(real, lagging -> List.of()) : real);
      }

      @Override
      public Systems toUndo() {
        return this;
      }

      @Override
      public Systems toUndo(Origin origin) {
        return makerRemembered ? new MadeBy(Stage.this, this, origin) : this;
      }

      @Override
      public ConnectionFacts facts(String name) {
        if (connectionGone && name.equals("sandbox")) {
          throw new ConnectorFailure.Misnamed("there is no Connection " + name);
        }
        String leadsTo = name.equals("desk") ? deskEndpoint.orElse(endpoint) : endpoint;
        ConnectionFacts facts =
            new ConnectionFacts(
                name, connectionUid, "Sandbox", leadsTo, connectionLabels, longest, settings);
        return connectionRemembered ? facts.asItWas() : facts;
      }

      private Connector named(String connection) {
        if ((connectionGone && connection.equals("sandbox"))
            || (!connection.equals("sandbox") && !connection.equals("desk"))) {
          throw new ConnectorFailure.Misnamed("there is no Connection " + connection);
        }
        outsideCalls++;
        return sandbox();
      }
    };
  }

  @Override
  public Optional<Stored> stored(KindName kind, String namespace, String name) {
    return changes.stream()
        .filter(change -> !change.released && change.request.name().equals(name))
        .findFirst()
        .map(change -> new Stored(change.request, Optional.ofNullable(change.status)));
  }

  @Override
  public List<Stored> removers(Request<?> request) {
    return changes.stream()
        .filter(change -> !change.released)
        .filter(change -> request.name().equals(change.request.spec().removes()))
        .map(change -> new Stored(change.request, Optional.ofNullable(change.status)))
        .toList();
  }

  @Override
  public ApprovalRules rules(String namespace) {
    return new ApprovalRules(policies, Set.of("FirewallChangeRequest"));
  }

  @Override
  public List<Delegation> delegations(String namespace) {
    return List.copyOf(delegations);
  }

  @Override
  public boolean holds(String namespace, Delegation delegation) {
    giversAsked++;
    return giverHolds;
  }

  @Override
  public Calendar calendar(String namespace) {
    return new Calendar(List.copyOf(windows));
  }

  @Override
  public Optional<String> queueFor(String uid, String target) {
    targetAskedFor = target;
    return Optional.ofNullable(busy);
  }

  @Override
  public Protection protection(Request<?> request) {
    return protection;
  }

  @Override
  public Optional<Map<String, Holders>> holders(String namespace, List<String> gates) {
    return mayVote;
  }

  @Override
  public Map<String, List<Needed>> needed(String uid, Place place, Instant when) {
    if (heardLate != null) {
      return heardLate;
    }
    Map<String, List<Needed>> needed = new HashMap<>();
    others(uid)
        .filter(c -> c.request.wish() == Wish.PROCEED)
        .forEach(
            c ->
                Reliance.of(c.status, when)
                    .at(place)
                    .forEach(
                        id ->
                            needed
                                .computeIfAbsent(id, i -> new ArrayList<>())
                                .add(Needed.of(c.request.kind(), c.request.address(), c.status))));
    return needed;
  }

  @Override
  public boolean stillNeeds(Needed other, Place place, String externalId, Instant when) {
    boolean needs =
        changes.stream()
            .filter(c -> c.request.address().equals(other.by()) && c.status != null)
            .filter(c -> c.request.wish() == Wish.PROCEED)
            .anyMatch(c -> Reliance.of(c.status, when).at(place).contains(externalId));
    onceAnotherWasAsked.run();
    return needs;
  }

  @Override
  public Optional<String> aboutToNeed(
      String uid, Place place, UnaryOperator<String> key, Instant when) {
    return others(uid)
        .filter(c -> c.request.wish() == Wish.PROCEED)
        .filter(c -> Reliance.of(c.status, when).announced(place, key.apply(c.request.uid())))
        .findFirst()
        .map(c -> c.request.address());
  }

  @Override
  public Optional<String> aboutToRemove(String uid, Place place, String externalId, Instant when) {
    return others(uid)
        .filter(
            c ->
                Reliance.of(c.status, when)
                    .goes(place, externalId, c.request.wish() == Wish.PROCEED))
        .findFirst()
        .map(c -> c.request.address());
  }

  @Override
  public boolean answeredFor(
      String uid, Place place, String externalId, Predicate<String> maker, Instant when) {
    return others(uid)
        .anyMatch(
            c ->
                Reliance.of(c.status, when)
                    .answersFor(place, externalId, maker.test(c.request.uid())));
  }

  private Stream<Change> others(String uid) {
    return changes.stream().filter(c -> !c.request.uid().equals(uid) && c.status != null);
  }
}
