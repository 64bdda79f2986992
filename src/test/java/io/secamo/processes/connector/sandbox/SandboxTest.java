package io.secamo.processes.connector.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secamo.processes.api.orchestrator.ConnectionSpec;
import io.secamo.processes.api.orchestrator.ConnectionSpec.Fault;
import io.secamo.processes.api.orchestrator.ConnectionSpec.FaultKind;
import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.ConnectionSettings;
import io.secamo.processes.connector.Connector;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.FirewallProvider.LiveRule;
import io.secamo.processes.connector.IdempotencyKey;
import io.secamo.processes.connector.TicketDraft;
import io.secamo.processes.connector.TicketRef;
import io.secamo.processes.connector.TicketSystem;
import io.secamo.processes.firewall.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sandbox keeps the promises of both ports, and misbehaves as it is asked to. */
class SandboxTest {
  private static final Rule HTTPS = Rule.parse("Ingress tcp 443 from 203.0.113.0/24");
  private static final Rule SSH = Rule.parse("Ingress tcp 22 from 203.0.113.0/24");
  private static final String OURS = "process team-a/web u=1 r=2";
  private final InMemoryStore store = new InMemoryStore();

  @Test
  void itSaysWhoItIs() {
    assertThat(sandbox().check()).isEqualTo(new Account("Sandbox team-a/toy"));
    assertThat(firewall().check()).isEqualTo(tickets().check()).isEqualTo(firewall().account());
    assertThat(tickets().settleWindow()).isEqualTo(Duration.ZERO);
  }

  @Test
  void aRuleIsThereOnceItWasAddedAndGoneOnceItWasRemoved() {
    LiveRule added = firewall().add("web", HTTPS, OURS);
    assertThat(added.rule()).isEqualTo(HTTPS);
    assertThat(added.marker()).isEqualTo(OURS);
    assertThat(firewall().observe("web").rules()).containsExactly(added);
    firewall().remove(added.id());
    assertThat(firewall().observe("web").rules()).isEmpty();
    assertThatCode(() -> firewall().remove(added.id())).doesNotThrowAnyException();
  }

  @Test
  void anEqualRuleOfSomebodyElseIsReturnedAsItIs() {
    LiveRule first = firewall().add("web", HTTPS, "somebody else");
    assertThat(firewall().add("web", HTTPS, OURS)).isEqualTo(first);
    assertThat(firewall().observe("web").rules()).containsExactly(first);
  }

  @Test
  void groupsAreApart() {
    Connector two = sandbox(List.of("web", "db"));
    FirewallProvider firewall = two.firewall().orElseThrow();
    LiveRule web = firewall.add("web", HTTPS, OURS);
    assertThat(firewall.observe("db").rules()).isEmpty();
    LiveRule db = firewall.add("db", HTTPS, OURS);
    assertThat(db.id()).isNotEqualTo(web.id());
    firewall.remove(db.id());
    assertThat(firewall.observe("db").rules()).isEmpty();
    assertThat(firewall.observe("web").rules()).containsExactly(web);
  }

  @Test
  void onlyRulesCanBeRemoved() {
    tickets().create(draft("a"));
    String ticket = store.list("ticket").get(0).name();
    firewall().remove(ticket);
    assertThat(store.read(ticket)).isPresent();
  }

  @Test
  void anUnknownGroupIsRefusedWithWhatThereIs() {
    List<Consumer<FirewallProvider>> calls =
        List.of(f -> f.observe("wbe").rules(), f -> f.add("wbe", HTTPS, OURS));
    for (Consumer<FirewallProvider> call : calls) {
      assertThatThrownBy(() -> call.accept(firewall()))
          .isInstanceOf(ConnectorFailure.Refused.class)
          .hasMessage("there is no security group 'wbe'; this sandbox has: web");
    }
    assertThat(firewall().group("wbe")).isEmpty();
    assertThat(firewall().group("web")).isPresent();
  }

  @Test
  void whatAPersonSpoiltIsNamed() {
    store.create("by-hand", "rule", Map.of("securityGroup", "web", "rule", "open the door"));
    assertThatThrownBy(() -> firewall().observe("web").rules())
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessageContaining("ConfigMap by-hand");
  }

  @Test
  void aTicketIsOpenedOnceForAKey() {
    TicketRef ticket = tickets().create(draft("a"));
    assertThat(ticket.id()).isEqualTo("CHG-1001");
    assertThat(ticket.closed()).isFalse();
    assertThat(ticket.url())
        .isEqualTo("kubectl -n team-a get configmap sandbox-ticket-" + key("a") + " -o yaml");
    assertThat(tickets().create(draft("a"))).isEqualTo(ticket);
    assertThat(tickets().find(key("a"))).contains(ticket);
    assertThat(tickets().find(key("b"))).isEmpty();
    assertThat(tickets().create(draft("b")).id()).isEqualTo("CHG-1002");
    assertThat(store.list("ticket")).hasSize(2);
  }

  @Test
  void numbersRiseEvenIfTheCounterWasRemoved() {
    tickets().create(draft("a"));
    tickets().create(draft("b"));
    store.delete("sandbox-ticket-counter");
    assertThat(tickets().create(draft("c")).id()).isEqualTo("CHG-1003");
  }

  @Test
  void aCommentIsMadeOnce() {
    String id = tickets().create(draft("a")).id();
    tickets().ensureComment(id, "m=1", "first m=1");
    tickets().ensureComment(id, "m=1", "again m=1");
    tickets().ensureComment(id, "m=2", "second m=2");
    assertThat(comments()).contains("first m=1", "second m=2").doesNotContain("again");
  }

  @Test
  void whatWasNeverSaidBeforeIsSaidWithoutALook() {
    String id = tickets().create(draft("a")).id();
    tickets().comment(id, "m=1", "first m=1");
    tickets().ensureComment(id, "m=1", "again m=1");
    tickets().comment(id, "m=2", "second m=2");
    assertThat(comments()).isEqualTo("first m=1\n\nsecond m=2\n\n");
    TicketSystem moody =
        sandbox("toy", null, fault("comment", FaultKind.SILENTLY_DROPPED, 1))
            .tickets()
            .orElseThrow();
    assertThatThrownBy(() -> moody.comment(id, "m=3", "third m=3"))
        .isInstanceOf(ConnectorFailure.Transient.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTicketIsClosedOnceAndForAll(boolean success) {
    String id = tickets().create(draft("a")).id();
    tickets().ensureClosed(id, success);
    tickets().ensureClosed(id, !success);
    assertThat(tickets().find(key("a")).orElseThrow().closed()).isTrue();
    assertThat(store.list("ticket").get(0).data())
        .containsEntry("status", success ? "resolved" : "rejected");
  }

  @Test
  void aTicketThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> tickets().ensureClosed("CHG-7", true))
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessageContaining("CHG-7");
  }

  @Test
  void namesAreDnsNamesHoweverLongTheConnectionIs() {
    Connector long253 = sandbox("c".repeat(253), null, fault("add", FaultKind.REFUSED, 1));
    assertThatThrownBy(() -> long253.firewall().orElseThrow().add("web", HTTPS, OURS));
    firewall().add("web", HTTPS, OURS);
    tickets().create(draft("a"));
    for (String kind : List.of("rule", "ticket", "faults", "counter")) {
      assertThat(store.list(kind))
          .hasSize(1)
          .allMatch(e -> e.name().matches("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?"))
          .allMatch(e -> e.data().keySet().stream().allMatch(k -> k.matches("[-._a-zA-Z0-9]+")));
    }
  }

  @Test
  void anUnavailableSandboxDoesNothingAndIsWellAgain() {
    faulty("add", FaultKind.UNAVAILABLE, ConnectorFailure.Transient.class, "(503)");
    assertThat(firewall().observe("web").rules()).isEmpty();
  }

  @Test
  void aRefusalDoesNothing() {
    faulty("add", FaultKind.REFUSED, ConnectorFailure.Refused.class, "refuses to add");
    assertThat(firewall().observe("web").rules()).isEmpty();
  }

  @Test
  void aThrottledCallAsksToWaitTwoSeconds() {
    assertThatThrownBy(() -> adding(fault("add", FaultKind.THROTTLED, 1)))
        .isInstanceOfSatisfying(
            ConnectorFailure.Throttled.class,
            throttled -> assertThat(throttled.after()).isEqualTo(Duration.ofSeconds(2)));
    assertThat(firewall().observe("web").rules()).isEmpty();
  }

  @Test
  void aLostReplyComesAfterTheDeed() {
    faulty("add", FaultKind.REPLY_LOST, ConnectorFailure.Unknown.class, "was lost");
    assertThat(firewall().observe("web").rules()).extracting(LiveRule::rule).containsExactly(HTTPS);
  }

  @Test
  void whatWasSilentlyDroppedIsNotBelieved() {
    faulty("add", FaultKind.SILENTLY_DROPPED, ConnectorFailure.Unknown.class, "is not there");
    assertThat(firewall().observe("web").rules()).isEmpty();
    LiveRule live = firewall().add("web", HTTPS, OURS);
    Fault remove = fault("remove", FaultKind.SILENTLY_DROPPED, 1);
    FirewallProvider firewall = sandbox("toy", null, remove).firewall().orElseThrow();
    assertThatThrownBy(() -> firewall.remove(live.id()))
        .isInstanceOf(ConnectorFailure.class)
        .hasMessageContaining("still there");
    firewall.remove(live.id());
    assertThat(firewall.observe("web").rules()).isEmpty();
  }

  @Test
  void noTicketCallBelievesWhatWasSilentlyDropped() {
    TicketSystem tickets =
        sandbox(
                "toy",
                null,
                fault("create", FaultKind.SILENTLY_DROPPED, 1),
                fault("comment", FaultKind.SILENTLY_DROPPED, 1),
                fault("close", FaultKind.SILENTLY_DROPPED, 1))
            .tickets()
            .orElseThrow();
    assertThatThrownBy(() -> tickets.create(draft("a"))).isInstanceOf(ConnectorFailure.class);
    assertThat(store.list("ticket")).isEmpty();
    String id = tickets.create(draft("a")).id();
    assertThatThrownBy(() -> tickets.ensureComment(id, "m", "m"))
        .isInstanceOf(ConnectorFailure.class);
    assertThatThrownBy(() -> tickets.ensureClosed(id, true)).isInstanceOf(ConnectorFailure.class);
    assertThat(store.list("ticket").get(0).data())
        .containsEntry("comments", "")
        .containsEntry("status", "open");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"check", "find", "create", "comment", "close", "observe", "add", "remove"})
  void everyCallCanBeUnavailable(String call) {
    String id = tickets().create(draft("old")).id();
    Connector moody = sandbox("toy", null, fault(call, FaultKind.UNAVAILABLE, 1));
    assertThatThrownBy(() -> callAll(moody, id)).isInstanceOf(ConnectorFailure.Transient.class);
    assertThatCode(() -> callAll(moody, id)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource(FaultKind.class)
  void aFaultStrikesAsOftenAsAskedWhateverIsRestarted(FaultKind kind) {
    for (int i = 0; i < 3; i++) {
      Rule rule = Rule.parse("Ingress tcp " + (100 + i) + " from 203.0.113.0/24");
      assertThatThrownBy(
              () ->
                  sandbox("toy", null, fault("add", kind, 3))
                      .firewall()
                      .orElseThrow()
                      .add("web", rule, OURS))
          .isInstanceOf(ConnectorFailure.class);
    }
    assertThat(adding(fault("add", kind, 3)).rule()).isEqualTo(HTTPS);
  }

  @Test
  void faultsOfOneCallStrikeInTurn() {
    Fault[] faults = {
      fault("add", FaultKind.REFUSED, 1),
      fault("add", FaultKind.UNAVAILABLE, null),
      fault("add", FaultKind.REFUSED, 1)
    };
    assertThatThrownBy(() -> adding(faults)).isInstanceOf(ConnectorFailure.Refused.class);
    assertThatThrownBy(() -> adding(faults)).isInstanceOf(ConnectorFailure.Transient.class);
    assertThatThrownBy(() -> adding(faults)).isInstanceOf(ConnectorFailure.Refused.class);
    assertThat(adding(faults).rule()).isEqualTo(HTTPS);
  }

  @Test
  void aFaultThatIsTakenOutDoesNotTakeTheNextOnesTurn() {
    Fault refused = fault("add", FaultKind.REFUSED, 1);
    Fault unavailable = fault("add", FaultKind.UNAVAILABLE, 1);
    assertThatThrownBy(() -> adding(refused, unavailable))
        .isInstanceOf(ConnectorFailure.Refused.class);
    assertThatThrownBy(() -> adding(unavailable)).isInstanceOf(ConnectorFailure.Transient.class);
  }

  @Test
  void connectionsHaveTheirOwnFaults() {
    Fault fault = fault("add", FaultKind.REFUSED, 1);
    assertThatThrownBy(() -> adding(fault)).isInstanceOf(ConnectorFailure.Refused.class);
    FirewallProvider other = sandbox("other", null, fault).firewall().orElseThrow();
    assertThatThrownBy(() -> other.add("web", HTTPS, OURS))
        .isInstanceOf(ConnectorFailure.Refused.class);
  }

  @Test
  void twoWhoAddTheSameRuleGetTheSameRule() throws Exception {
    for (int round = 0; round < 50; round++) {
      Rule rule = Rule.parse("Ingress tcp " + (1000 + round) + " from 203.0.113.0/24");
      List<LiveRule> both =
          together(
              () -> firewall().add("web", rule, "one"), () -> firewall().add("web", rule, "two"));
      assertThat(both.get(0)).isEqualTo(both.get(1));
    }
    assertThat(firewall().observe("web").rules()).hasSize(50);
  }

  @Test
  void twoWhoOpenATicketForAKeyGetTheSameAndNoNumberIsGivenTwice() throws Exception {
    Set<String> numbers = new HashSet<>();
    for (int round = 0; round < 50; round++) {
      String same = "same " + round;
      List<TicketRef> both =
          together(() -> tickets().create(draft(same)), () -> tickets().create(draft(same)));
      assertThat(both.get(0)).isEqualTo(both.get(1));
      String mine = "mine " + round;
      String yours = "yours " + round;
      List<TicketRef> two =
          together(() -> tickets().create(draft(mine)), () -> tickets().create(draft(yours)));
      numbers.add(both.get(0).id());
      two.forEach(ticket -> numbers.add(ticket.id()));
    }
    assertThat(numbers).hasSize(150);
    assertThat(store.list("ticket")).hasSize(150);
  }

  @Test
  void aFaultOfOneTimeStrikesOneOfTwo() throws Exception {
    Connector moody = sandbox("toy", null, fault("add", FaultKind.REFUSED, 1));
    Callable<Boolean> add =
        () -> {
          try {
            moody.firewall().orElseThrow().add("web", HTTPS, OURS);
            return true;
          } catch (ConnectorFailure.Refused struck) {
            return false;
          }
        };
    assertThat(together(add, add)).containsExactlyInAnyOrder(true, false);
  }

  private void faulty(
      String call, FaultKind kind, Class<? extends ConnectorFailure> failure, String message) {
    assertThatThrownBy(() -> adding(fault(call, kind, 1)))
        .isInstanceOf(failure)
        .hasMessageContaining(message);
    assertThat(store.list("faults")).hasSize(1);
  }

  private LiveRule adding(Fault... faults) {
    return sandbox("toy", null, faults).firewall().orElseThrow().add("web", HTTPS, OURS);
  }

  private static void callAll(Connector connector, String ticket) {
    TicketSystem tickets = connector.tickets().orElseThrow();
    FirewallProvider firewall = connector.firewall().orElseThrow();
    connector.check();
    tickets.find(key("new"));
    tickets.create(draft("new"));
    tickets.ensureComment(ticket, "m", "m");
    tickets.ensureClosed(ticket, true);
    firewall.observe("web").rules();
    firewall.remove(firewall.add("web", SSH, OURS).id());
  }

  private static <T> List<T> together(Callable<T> one, Callable<T> two) throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<T>> running = new ArrayList<>();
      for (Callable<T> call : List.of(one, two)) {
        running.add(
            threads.submit(
                () -> {
                  start.await();
                  return call.call();
                }));
      }
      return List.of(running.get(0).get(), running.get(1).get());
    }
  }

  private String comments() {
    return store.list("ticket").get(0).data().get("comments");
  }

  private TicketSystem tickets() {
    return sandbox().tickets().orElseThrow();
  }

  private FirewallProvider firewall() {
    return sandbox().firewall().orElseThrow();
  }

  private Connector sandbox() {
    return sandbox("toy", null);
  }

  private Connector sandbox(List<String> groups) {
    return sandbox("toy", groups);
  }

  private Connector sandbox(String name, @Nullable List<String> groups, Fault... faults) {
    ConnectionSpec.Sandbox sandbox =
        groups == null && faults.length == 0
            ? null
            : new ConnectionSpec.Sandbox(groups, List.of(faults));
    ConnectionSpec spec =
        new ConnectionSpec(
            ConnectionSpec.Type.SANDBOX, null, null, null, null, sandbox, null, null);
    return new SandboxFactory(namespace -> store)
        .connect(new ConnectionSettings("team-a", name, spec, Map.of()));
  }

  private static Fault fault(String call, FaultKind kind, @Nullable Integer times) {
    return new Fault(call, kind, times);
  }

  private static TicketDraft draft(String subject) {
    return new TicketDraft(key(subject), null, subject, "body of " + subject, null);
  }

  private static IdempotencyKey key(String subject) {
    return IdempotencyKey.of("cluster", "uid", "OpenTicket", subject);
  }
}
