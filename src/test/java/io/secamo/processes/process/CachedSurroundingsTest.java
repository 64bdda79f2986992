package io.secamo.processes.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.KindName;
import io.secamo.processes.api.orchestrator.ConnectionSpec;
import io.secamo.processes.approval.ApprovalRules;
import io.secamo.processes.approval.Ballot.Holders;
import io.secamo.processes.approval.Delegation;
import io.secamo.processes.approval.Protection;
import io.secamo.processes.connector.ConnectionFacts;
import io.secamo.processes.connector.ConnectionSettings;
import io.secamo.processes.connector.Connector;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.Systems;
import io.secamo.processes.connector.TicketSystem;
import io.secamo.processes.connector.sandbox.InMemoryStore;
import io.secamo.processes.connector.sandbox.SandboxFactory;
import io.secamo.processes.effect.Place;
import io.secamo.processes.engine.procedure.Request;
import io.secamo.processes.engine.procedure.Request.Wish;
import io.secamo.processes.window.Calendar;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** One look reads what is configured once, and asks for everything else each time. */
class CachedSurroundingsTest {
  private static final KindName KIND = new KindName("FirewallChangeRequest");
  private static final Place WEB = new Place("connection", "account", "web");
  private static final Instant NOW = Instant.parse("2027-01-04T09:00:00Z");
  private static final Delegation DELEGATION =
      new Delegation("security", "ann", List.of(), "dan", NOW);
  private final World world = new World();
  private final CachedSurroundings look = new CachedSurroundings(world);

  @Test
  void whatIsConfiguredIsReadOnceForEachNamespace() {
    for (int i = 0; i < 2; i++) {
      for (String namespace : List.of("a", "b")) {
        assertThat(look.rules(namespace).revision()).isEqualTo(rules(namespace).revision());
        assertThat(look.delegations(namespace)).extracting(Delegation::to).containsExactly("dan");
        assertThat(look.holds(namespace, DELEGATION)).isTrue();
        assertThat(look.calendar(namespace).judge(namespace, Map.of(), NOW))
            .isInstanceOf(Calendar.Verdict.Open.class);
      }
    }
    assertThat(look.rules("a")).isNotSameAs(look.rules("b"));
    assertThat(world.asked)
        .containsExactly(
            "rules a",
            "delegations a",
            "holds a ann",
            "calendar a",
            "rules b",
            "delegations b",
            "holds b ann",
            "calendar b");
  }

  @Test
  void eachSystemIsLookedUpOnceForEachConnection() {
    TicketSystem tickets = look.systems("a").tickets("desk");
    FirewallProvider firewall = look.systems("a").firewall("cloud");

    assertThat(look.systems("a").tickets("desk")).isSameAs(tickets);
    assertThat(look.systems("a").firewall("cloud")).isSameAs(firewall);
    assertThat(look.systems("a").firewall("other")).isNotSameAs(firewall);
    assertThat(look.systems("b").firewall("cloud")).isNotSameAs(firewall);
    assertThat(look.systems("a").facts("cloud").name()).isEqualTo("cloud");
    assertThat(look.systems("a").facts("cloud").uid()).isEqualTo("uid in a");
    assertThat(world.asked)
        .containsExactly(
            "systems a",
            "tickets desk in a",
            "firewall cloud in a",
            "firewall other in a",
            "systems b",
            "firewall cloud in b",
            "facts cloud in a");
  }

  @Test
  void theAdmissionPoliciesAreTriedOnceForEachRequest() {
    Protection first = look.protection(request("uid-1"));

    assertThat(first.epoch()).isEqualTo("epoch of uid-1");
    assertThat(look.protection(request("uid-1"))).isSameAs(first);
    assertThat(look.protection(request("uid-2")).epoch()).isEqualTo("epoch of uid-2");
    assertThat(world.asked).containsExactly("protection uid-1", "protection uid-2");
  }

  @Test
  void whatHappensInOtherRequestsIsAskedEachTime() {
    for (int i = 0; i < 2; i++) {
      assertThat(look.queueFor("uid-1", "web")).contains("a/changing");
      assertThat(look.holders("a", List.of("security"))).contains(Map.of());
      assertThat(look.needed("uid-1", WEB, NOW)).containsKey("rule-1");
      assertThat(
              look.stillNeeds(
                  new Others.Needed(KIND, "a/b", Optional.empty(), true), WEB, "rule-1", NOW))
          .isTrue();
      assertThat(look.answeredFor("uid-1", WEB, "rule-1", uid -> true, NOW)).isTrue();
    }
    assertThat(world.asked)
        .containsExactly(
            "changing uid-1 web",
            "holders a [security]",
            "needed uid-1 web " + NOW,
            "still a/b rule-1 " + NOW,
            "answered uid-1 rule-1 true " + NOW,
            "changing uid-1 web",
            "holders a [security]",
            "needed uid-1 web " + NOW,
            "still a/b rule-1 " + NOW,
            "answered uid-1 rule-1 true " + NOW);
  }

  @Test
  void theClusterIsTheOneAround() {
    assertThat(look.clusterId()).isEqualTo("c1u5te12");
  }

  private static ApprovalRules rules(String namespace) {
    return new ApprovalRules(
        List.of(new ApprovalRules.Policy("p", namespace, 1, null)), Set.of(KIND.value()));
  }

  private static Request<String> request(String uid) {
    return new Request<>(
        new KindName("FirewallChangeRequest"),
        uid,
        "a",
        "web",
        1,
        NOW,
        Wish.PROCEED,
        "ann",
        Map.of(),
        "spec");
  }

  /** Surroundings that remember what they were asked. */
  private static final class World implements Surroundings {
    private final List<String> asked = new ArrayList<>();

    @Override
    public Optional<Stored> stored(KindName kind, String namespace, String name) {
      asked.add("stored");
      return Optional.empty();
    }

    @Override
    public Optional<String> aboutToNeed(
        String uid, Place place, UnaryOperator<String> key, Instant now) {
      asked.add("about to need");
      return Optional.empty();
    }

    @Override
    public Optional<String> aboutToRemove(String uid, Place place, String externalId, Instant now) {
      asked.add("about to remove");
      return Optional.empty();
    }

    @Override
    public List<Stored> removers(Request<?> request) {
      asked.add("removers");
      return List.of();
    }

    @Override
    public String clusterId() {
      return "c1u5te12";
    }

    @Override
    public Systems systems(String namespace) {
      asked.add("systems " + namespace);
      return new Systems() {
        @Override
        public TicketSystem tickets(String connection) {
          asked.add("tickets " + connection + " in " + namespace);
          return sandbox(namespace, connection).tickets().orElseThrow();
        }

        @Override
        public FirewallProvider firewall(String connection) {
          asked.add("firewall " + connection + " in " + namespace);
          return sandbox(namespace, connection).firewall().orElseThrow();
        }

        @Override
        public Systems toUndo() {
          asked.add("to undo in " + namespace);
          return this;
        }

        @Override
        public Systems toUndo(Origin origin) {
          return toUndo();
        }

        @Override
        public ConnectionFacts facts(String connection) {
          asked.add("facts " + connection + " in " + namespace);
          return new ConnectionFacts(
              connection, "uid in " + namespace, "Sandbox", "", Map.of(), "", "{}");
        }
      };
    }

    private static Connector sandbox(String namespace, String connection) {
      ConnectionSpec spec =
          new ConnectionSpec(ConnectionSpec.Type.SANDBOX, null, null, null, null, null, null, null);
      InMemoryStore store = new InMemoryStore();
      return new SandboxFactory(any -> store)
          .connect(new ConnectionSettings(namespace, connection, spec, Map.of()));
    }

    @Override
    public ApprovalRules rules(String namespace) {
      asked.add("rules " + namespace);
      return CachedSurroundingsTest.rules(namespace);
    }

    @Override
    public List<Delegation> delegations(String namespace) {
      asked.add("delegations " + namespace);
      return List.of(DELEGATION);
    }

    @Override
    public boolean holds(String namespace, Delegation delegation) {
      asked.add("holds " + namespace + " " + delegation.by());
      return true;
    }

    @Override
    public Calendar calendar(String namespace) {
      asked.add("calendar " + namespace);
      return new Calendar(List.of());
    }

    @Override
    public Protection protection(Request<?> request) {
      asked.add("protection " + request.uid());
      return new Protection(Optional.empty(), "epoch of " + request.uid());
    }

    @Override
    public Optional<String> queueFor(String uid, String target) {
      asked.add("changing " + uid + " " + target);
      return Optional.of("a/changing");
    }

    @Override
    public Optional<Map<String, Holders>> holders(String namespace, List<String> gates) {
      asked.add("holders " + namespace + " " + gates);
      return Optional.of(Map.of());
    }

    @Override
    public Map<String, List<Needed>> needed(String uid, Place place, Instant now) {
      asked.add("needed " + uid + " " + place.target() + " " + now);
      return Map.of("rule-1", List.of(new Needed(KIND, "a/needed", Optional.empty(), true)));
    }

    @Override
    public boolean stillNeeds(Needed other, Place place, String externalId, Instant now) {
      asked.add("still " + other.by() + " " + externalId + " " + now);
      return true;
    }

    @Override
    public boolean answeredFor(
        String uid, Place place, String externalId, Predicate<String> maker, Instant now) {
      asked.add("answered " + uid + " " + externalId + " " + maker.test("maker") + " " + now);
      return true;
    }
  }
}
