package io.secamo.processes.connector.requesttracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.secamo.processes.api.orchestrator.ConnectionSpec;
import io.secamo.processes.connector.ConnectionSettings;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.IdempotencyKey;
import io.secamo.processes.connector.TicketDraft;
import io.secamo.processes.connector.TicketRef;
import io.secamo.processes.connector.TicketSystem;
import io.secamo.processes.connector.http.HttpEndpoint;
import io.secamo.processes.connector.http.Limits;
import io.secamo.processes.connector.http.Request;
import io.secamo.processes.connector.http.Sockets;
import io.secamo.processes.connector.http.Throttle;
import io.secamo.processes.systems.LossyProxy;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import io.secamo.processes.systems.RealSystems;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@NeedsRealSystem(RealSystem.REQUEST_TRACKER)
class RequestTrackerTest {
  private static Map<String, String> env = Map.of();

  private final String subject = "Open 443/tcp " + UUID.randomUUID();
  private final IdempotencyKey key = key();
  private final TicketSystem tickets = connect(env.get("RT_URL"), env.get("RT_TOKEN"), "opkey");

  @BeforeAll
  static void start() {
    env = RealSystems.requestTracker();
  }

  private static IdempotencyKey key() {
    return IdempotencyKey.of("cluster", UUID.randomUUID().toString(), "OpenTicket", "");
  }

  private static TicketSystem connect(String address, String token, String keyField) {
    return connect(address, token, keyField, env.get("RT_QUEUE"));
  }

  private static TicketSystem connect(String address, String token, String keyField, String queue) {
    ConnectionSpec spec =
        new ConnectionSpec(
            ConnectionSpec.Type.REQUEST_TRACKER,
            address,
            new ConnectionSpec.SecretRef("helpdesk-token"),
            new ConnectionSpec.RequestTracker(queue, keyField),
            null,
            null,
            null,
            null);
    Map<String, String> credentials = token == null ? Map.of() : Map.of("token", token);
    return new RequestTrackerFactory(Clock.systemUTC())
        .connect(new ConnectionSettings("team-a", "helpdesk", spec, credentials))
        .tickets()
        .orElseThrow();
  }

  private TicketDraft draft() {
    return new TicketDraft(key, null, subject, "please\nopen é <b>it</b>", 50);
  }

  private static HttpEndpoint endpoint() {
    return new HttpEndpoint(
        "Request Tracker",
        env.get("RT_URL"),
        new Sockets(Limits.DEFAULT).trusting(null),
        Limits.DEFAULT,
        new Throttle(null, "team-a", Clock.systemUTC()),
        Clock.systemUTC());
  }

  private static Rest2 person() {
    return new Rest2(endpoint(), env.get("RT_TOKEN"), "opkey");
  }

  private static String statusOf(TicketRef ticket) {
    return person().ticket(Long.parseLong(ticket.id())).status();
  }

  private static JsonNode ask(String path) {
    return endpoint()
        .send(Request.get(path).withSecret("Authorization", "token " + env.get("RT_TOKEN")))
        .orRefuse("test")
        .body();
  }

  /** States of all tickets with the subject of this test. */
  private List<String> states() {
    String query = URLEncoder.encode("Subject = '" + subject + "'", StandardCharsets.UTF_8);
    List<String> states = new ArrayList<>();
    ask("/REST/2.0/tickets?query=" + query + "&fields=Status")
        .path("items")
        .forEach(item -> states.add(item.path("Status").asText()));
    return states;
  }

  private List<String> texts(TicketRef ticket) {
    List<String> texts = new ArrayList<>();
    ask("/REST/2.0/ticket/" + ticket.id() + "/attachments?fields=Content&per_page=100")
        .path("items")
        .forEach(item -> texts.add(item.path("Content").asText()));
    return texts;
  }

  @Test
  void theCheckNamesUserQueueAndAddress() {
    assertThat(tickets.check().description())
        .isEqualTo("Request Tracker user operator, queue FwChanges at " + env.get("RT_URL"));
  }

  @Test
  void aTicketThatWasMergedIntoAnotherIsNotOursAnyMore() {
    TicketRef ours = tickets.create(draft());
    IdempotencyKey theirKey = key();
    TicketRef theirs =
        tickets.create(new TicketDraft(theirKey, null, "an incident", "it burns", 50));
    assertThat(tickets.read(ours.id(), key)).contains(ours);
    assertThat(tickets.read(ours.id(), theirKey)).as("of another key").isEmpty();

    ObjectNode merge = JsonNodeFactory.instance.objectNode().put("MergeInto", theirs.id());
    endpoint()
        .send(
            Request.put("/REST/2.0/ticket/" + ours.id(), merge)
                .withSecret("Authorization", "token " + env.get("RT_TOKEN")))
        .orRefuse("test");

    assertThat(tickets.read(ours.id(), key)).isEmpty();
    assertThat(tickets.read(theirs.id(), theirKey)).contains(theirs);
    assertThat(tickets.read("99999999", key)).as("of no ticket").isEmpty();
  }

  @Test
  void aTicketIsMissedForAsLongAsTheCallsOfACreateMayTake() {
    assertThat(tickets.settleWindow())
        .isGreaterThan(Limits.DEFAULT.request().plus(Limits.DEFAULT.request()));
  }

  @Test
  void aTicketIsOpenedOnceAndFoundByItsKey() {
    assertThat(tickets.find(key)).isEmpty();
    TicketRef made = tickets.create(draft());
    assertThat(made.closed()).isFalse();
    assertThat(made.url()).isEqualTo(env.get("RT_URL") + "/Ticket/Display.html?id=" + made.id());
    assertThat(tickets.find(key)).contains(made);
    assertThat(tickets.create(draft())).isEqualTo(made);
    assertThat(states()).containsExactly("new");
    assertThat(texts(made)).containsExactly("please\nopen é <b>it</b>");
    JsonNode read = ask("/REST/2.0/ticket/" + made.id());
    assertThat(read.path("Subject").asText()).isEqualTo(subject);
    assertThat(read.path("Priority").asText()).isEqualTo("50");
  }

  @Test
  void controlCharactersNeverReachTheTicket() {
    TicketRef made =
        tickets.create(new TicketDraft(key, null, "a\u0007b\r\n" + subject, "x\u0000y\nz", null));
    assertThat(ask("/REST/2.0/ticket/" + made.id()).path("Subject").asText())
        .isEqualTo("ab " + subject);
    assertThat(texts(made)).containsExactly("xy\nz");
  }

  @RepeatedTest(5)
  void twoCreatesAtTheSameTimeEndWithOneOpenTicket() throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    List<TicketRef> made = new ArrayList<>();
    try (ExecutorService both = Executors.newFixedThreadPool(2)) {
      List<Future<TicketRef>> calls = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        TicketSystem one = connect(env.get("RT_URL"), env.get("RT_TOKEN"), "opkey");
        calls.add(
            both.submit(
                () -> {
                  start.await();
                  return one.create(draft());
                }));
      }
      for (Future<TicketRef> call : calls) {
        made.add(call.get());
      }
    }
    assertThat(made.get(0)).isEqualTo(made.get(1));
    assertThat(states()).filteredOn("new"::equals).hasSize(1);
    assertThat(states()).allMatch(state -> state.equals("new") || state.equals("rejected"));
    assertThat(statusOf(made.get(0))).isEqualTo("new");
  }

  @Test
  void aTicketThatLostItsKeyToAnEarlierOneIsRejectedAndNamesTheWinner() throws Exception {
    // The other opens between our look and our create: the proxy holds neither, so we do it by
    // hand.
    TicketRef winner = tickets.create(draft());
    long loser = person().open(draft(), env.get("RT_QUEUE")).body().path("id").asLong();
    assertThat(person().ticket(loser).key()).contains("");
    try (LossyProxy blind = LossyProxy.before(env.get("RT_URL"), Map.of())) {
      blind.emptyAnswer(1, call -> call.equals("GET /REST/2.0/tickets"));
      TicketSystem late = connect(blind.address(), env.get("RT_TOKEN"), "opkey");
      assertThat(late.create(draft()).id()).isEqualTo(winner.id());
    }
    assertThat(states()).containsExactlyInAnyOrder("new", "new", "rejected");
    TicketRef rejected = new TicketRef(Long.toString(loser + 1), "", true);
    assertThat(texts(rejected)).anyMatch(text -> text.contains("see ticket " + winner.id()));
  }

  @Test
  void aNewTicketThatTheSearchDoesNotShowYetIsNotRejected() throws Exception {
    try (LossyProxy blind = LossyProxy.before(env.get("RT_URL"), Map.of())) {
      blind.emptyAnswer(2, call -> call.equals("GET /REST/2.0/tickets"));
      connect(blind.address(), env.get("RT_TOKEN"), "opkey").create(draft());
    }
    assertThat(states()).containsExactly("new");
  }

  @Test
  void aKeyFieldThatTheQueueDoesNotHaveIsRefusedBeforeATicketIsOpened() {
    TicketSystem wrong = connect(env.get("RT_URL"), env.get("RT_TOKEN"), "nokey");
    assertThatThrownBy(wrong::check)
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessageContaining("custom field 'nokey'")
        .hasMessageContaining("unique");
    assertThatThrownBy(() -> wrong.create(draft())).isInstanceOf(ConnectorFailure.Refused.class);
    assertThat(states()).isEmpty();
  }

  @Test
  void aWrongTokenIsToldWithoutTheToken() {
    String token = "1-27-0123456789abcdef0123456789abcdef";
    TicketSystem wrong = connect(env.get("RT_URL"), token, "opkey");
    assertThatThrownBy(wrong::check)
        .isInstanceOf(ConnectorFailure.Unauthorized.class)
        .hasMessageContaining("key token of the Secret")
        .hasMessageContaining("Unauthorized (HTTP 401)")
        .hasMessageNotContaining(token.substring(5));
    assertThatThrownBy(() -> wrong.create(draft()))
        .isInstanceOf(ConnectorFailure.Unauthorized.class);
  }

  @Test
  void aMissingTokenIsToldByTheNameOfItsKey() {
    assertThatThrownBy(() -> connect(env.get("RT_URL"), null, "opkey"))
        .isInstanceOf(ConnectorFailure.Unauthorized.class)
        .hasMessageContaining("Secret helpdesk-token in namespace team-a")
        .hasMessageContaining("key token");
  }

  @Test
  void anUnknownQueueIsToldByItsName() {
    TicketSystem wrong = connect(env.get("RT_URL"), env.get("RT_TOKEN"), "opkey", "Nowhere");
    assertThatThrownBy(wrong::check)
        .isInstanceOf(ConnectorFailure.Unauthorized.class)
        .hasMessageContaining("no queue 'Nowhere'");
    TicketDraft elsewhere = new TicketDraft(key, "Nowhere", subject, "x", null);
    assertThatThrownBy(() -> tickets.create(elsewhere))
        .isInstanceOf(ConnectorFailure.class)
        .hasMessageContaining("no queue 'Nowhere'");
  }

  @Test
  void aCommentIsMadeOnceHoweverOftenItIsAsked() {
    TicketRef made = tickets.create(draft());
    tickets.ensureComment(made.id(), "[op:1/applied]", "It is open.\n[op:1/applied]");
    tickets.ensureComment(made.id(), "[op:1/applied]", "It is open.\n[op:1/applied]");
    tickets.ensureComment(made.id(), "[op:1/é]", "Next é.");
    tickets.ensureComment(made.id(), "[op:1/é]", "Next é.");
    assertThat(texts(made).subList(1, texts(made).size()))
        .containsExactly("It is open.\n[op:1/applied]", "Next é.\n[op:1/é]");
  }

  @Test
  void aCommentIsFoundOnALaterPage() {
    TicketRef made = tickets.create(draft());
    RequestTracker small =
        new RequestTracker(
            new Rest2(endpoint(), env.get("RT_TOKEN"), "opkey", 2),
            env.get("RT_QUEUE"),
            Limits.DEFAULT.request());
    for (int i = 0; i < 4; i++) {
      small.ensureComment(made.id(), "[op:" + i + "]", "text");
    }
    small.ensureComment(made.id(), "[op:0]", "text");
    assertThat(texts(made)).hasSize(5);
  }

  @Test
  void whatWasNeverSaidBeforeIsSaidAndReadBackInThreeCalls() {
    TicketRef made = tickets.create(draft());
    for (int i = 0; i < 7; i++) {
      tickets.comment(made.id(), "[op:" + i + "]", "text " + i);
    }
    try (LossyProxy proxy = LossyProxy.before(env.get("RT_URL"))) {
      TicketSystem far = connect(proxy.address(), env.get("RT_TOKEN"), "opkey");
      far.check();
      int before = proxy.seen().size();
      far.comment(made.id(), "[op:new]", "It is open.");
      assertThat(proxy.seen().subList(before, proxy.seen().size()))
          .extracting(call -> call.replaceAll("attachment/\\d+", "attachment/N"))
          .containsExactly(
              "POST /REST/2.0/ticket/" + made.id() + "/comment",
              attachments(made),
              "GET /REST/2.0/attachment/N");
    }
    assertThat(texts(made)).hasSize(9).endsWith("text 6\n[op:6]", "It is open.\n[op:new]");
  }

  private static String attachments(TicketRef ticket) {
    return "GET /REST/2.0/ticket/" + ticket.id() + "/attachments";
  }

  @Test
  void aCommentBehindManyOthersIsReadBackFromTheWholeHistory() {
    TicketRef made = tickets.create(draft());
    try (LossyProxy proxy = LossyProxy.before(env.get("RT_URL"))) {
      TicketSystem far = connect(proxy.address(), env.get("RT_TOKEN"), "opkey");
      proxy.emptyAnswer(1, attachments(made)::equals);
      far.comment(made.id(), "[op:1]", "text");
      proxy.emptyAnswer(2, attachments(made)::equals);
      assertThatThrownBy(() -> far.comment(made.id(), "[op:2]", "text"))
          .isInstanceOf(ConnectorFailure.Refused.class)
          .hasMessageContaining("does not show the comment");
    }
    assertThat(texts(made)).hasSize(3);
  }

  @Test
  void openingAndClosingAskNoMoreThanTheyMust() {
    try (LossyProxy proxy = LossyProxy.before(env.get("RT_URL"))) {
      TicketSystem far = connect(proxy.address(), env.get("RT_TOKEN"), "opkey");
      far.check();
      int before = proxy.seen().size();
      TicketRef made = far.create(draft());
      far.ensureClosed(made.id(), true);
      String ticket = " /REST/2.0/ticket/" + made.id();
      assertThat(proxy.seen().subList(before, proxy.seen().size()))
          .containsExactly(
              "GET /REST/2.0/tickets",
              "POST /REST/2.0/ticket",
              "GET /REST/2.0/tickets",
              "GET" + ticket,
              "PUT" + ticket,
              "GET" + ticket);
    }
  }

  @Test
  void aCommentOnATicketThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> tickets.ensureComment("999999", "[op:1]", "x"))
        .isInstanceOf(ConnectorFailure.Refused.class);
    assertThatThrownBy(() -> tickets.ensureComment("1/comment?", "[op:1]", "x"))
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessageContaining("not a ticket number");
  }

  @Test
  void successResolvesAndFailureRejects() {
    TicketRef done = tickets.create(draft());
    tickets.ensureClosed(done.id(), true);
    assertThat(statusOf(done)).isEqualTo("resolved");
    TicketRef failed = tickets.create(new TicketDraft(key(), null, subject, "x", null));
    tickets.ensureClosed(failed.id(), false);
    tickets.ensureClosed(failed.id(), false);
    assertThat(statusOf(failed)).isEqualTo("rejected");
    assertThat(tickets.find(key)).map(TicketRef::closed).contains(true);
  }

  @Test
  void whatAPersonClosedStaysAsItIs() {
    TicketRef made = tickets.create(draft());
    person().setStatus(Long.parseLong(made.id()), "rejected");
    tickets.ensureClosed(made.id(), true);
    assertThat(statusOf(made)).isEqualTo("rejected");
  }

  @Test
  void aStatusThatRequestTrackerDoesNotTakeIsRefusedInItsWords() throws Exception {
    TicketRef made = tickets.create(draft());
    try (LossyProxy proxy = LossyProxy.before(env.get("RT_URL"))) {
      proxy.rewriteRequests("\"resolved\"", "\"bogus\"");
      TicketSystem odd = connect(proxy.address(), env.get("RT_TOKEN"), "opkey");
      assertThatThrownBy(() -> odd.ensureClosed(made.id(), true))
          .isInstanceOf(ConnectorFailure.Refused.class)
          .hasMessageContaining("isn't a valid status");
    }
  }

  /** So it does after it stood still: the look is served by one worker, the change by another. */
  @Test
  void aCommentThatIsStillInTheQueueOfRequestTrackerIsNotSaidAgain() {
    TicketRef made = tickets.create(draft());
    try (LossyProxy proxy = LossyProxy.before(env.get("RT_URL"))) {
      TicketSystem far = connect(proxy.address(), env.get("RT_TOKEN"), "opkey");
      proxy.loseAnswer(1, call -> call.startsWith("POST"));
      assertThatThrownBy(() -> far.comment(made.id(), "[op:1]", "text"))
          .isInstanceOf(ConnectorFailure.Unknown.class);
      // Two looks: the second one under a name that was asked for anew.
      proxy.emptyAnswer(2, attachments(made)::equals);
      assertThatThrownBy(() -> far.ensureComment(made.id(), "[op:1]", "text"))
          .isInstanceOf(ConnectorFailure.Throttled.class)
          .hasMessageContaining("we look again before it is repeated");
      far.ensureComment(made.id(), "[op:1]", "text");
    }
    assertThat(texts(made)).hasSize(2);
  }

  @Test
  void aTicketThatIsStillInTheQueueOfRequestTrackerIsNotOpenedAgain() {
    try (LossyProxy proxy = LossyProxy.before(env.get("RT_URL"))) {
      TicketSystem far = connect(proxy.address(), env.get("RT_TOKEN"), "opkey");
      proxy.loseAnswer(1, "POST /REST/2.0/ticket"::equals);
      assertThatThrownBy(() -> far.create(draft())).isInstanceOf(ConnectorFailure.Unknown.class);
      proxy.emptyAnswer(1, "GET /REST/2.0/tickets"::equals);
      assertThatThrownBy(() -> far.create(draft())).isInstanceOf(ConnectorFailure.Throttled.class);
      assertThat(far.create(draft()).id()).isEqualTo(tickets.find(key).orElseThrow().id());
    }
    assertThat(states()).containsExactly("new");
  }

  @Test
  void aLostAnswerIsUnknownAndTheTicketIsFoundThen() {
    try (LossyProxy proxy = LossyProxy.before(env.get("RT_URL"))) {
      proxy.loseAnswer(1, call -> call.equals("POST /REST/2.0/ticket"));
      TicketSystem far = connect(proxy.address(), env.get("RT_TOKEN"), "opkey");
      assertThatThrownBy(() -> far.create(draft())).isInstanceOf(ConnectorFailure.Unknown.class);
      TicketRef found = far.find(key).orElseThrow();
      assertThat(far.create(draft())).isEqualTo(found);
    }
    assertThat(states()).containsExactly("new");
  }

  @Test
  void aTicketThatCannotBeReadBackIsUnknown() {
    try (LossyProxy proxy = LossyProxy.before(env.get("RT_URL"))) {
      TicketSystem far = connect(proxy.address(), env.get("RT_TOKEN"), "opkey");
      far.check();
      proxy.refuseAfter("POST /REST/2.0/ticket", 1);
      assertThatThrownBy(() -> far.create(draft()))
          .isInstanceOf(ConnectorFailure.Unknown.class)
          .hasMessageContaining("could not be read back");
    }
    assertThat(states()).containsExactly("new");
  }

  @Test
  void anAnswerWithoutAListIsNotAnEmptyList() {
    try (LossyProxy odd = LossyProxy.before(env.get("RT_URL"), Map.of("\"items\"", "\"things\""))) {
      TicketSystem system = connect(odd.address(), env.get("RT_TOKEN"), "opkey");
      assertThatThrownBy(() -> system.find(key))
          .isInstanceOf(ConnectorFailure.Refused.class)
          .hasMessageContaining("without a list");
    }
  }

  @Test
  void aQuoteInAKeyFindsNothingAndBreaksNothing() {
    tickets.create(draft());
    assertThat(tickets.find(new IdempotencyKey("x' OR Subject LIKE 'Open"))).isEmpty();
    assertThat(tickets.find(new IdempotencyKey("x\\' OR id > '0"))).isEmpty();
  }
}
