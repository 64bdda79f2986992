package io.secamo.processes.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.KindName;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import io.secamo.processes.api.orchestrator.EvidenceRecord;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.contract.Played.Point;
import io.secamo.processes.controlplane.ControlPlane;
import io.secamo.processes.kubernetes.Controllers;
import io.secamo.processes.kubernetes.Settings;
import io.secamo.processes.kubernetes.health.Transitions;
import io.secamo.processes.kubernetes.kind.RequestKind;
import io.secamo.processes.kubernetes.kind.RequestKinds;
import io.secamo.processes.operator.Kinds;
import io.secamo.processes.process.CachedSurroundings;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.Patience;
import io.secamo.processes.systems.RealSystem;
import io.secamo.processes.systems.Script.Result;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A kind that these tests add, on the real API server, beside the one that is shipped: its
 * definition is made of its classes here, and nothing of the operator knows it.
 */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class AnotherKindTest {
  private static final String NAMESPACE = "loans";
  private static final int LOANS = 2;

  /** So that waiting for the next try does not take minutes. */
  private static final int FAULTY = 30;

  private static ControlPlane cluster;
  private static KubernetesClient operator;
  private static KubernetesClient admin;

  private final LoanWorld world = new LoanWorld();
  private Controllers controllers;
  private String name;

  @BeforeAll
  static void install() throws IOException {
    cluster = ControlPlane.apart("another-kind");
    LoanInstallation.on(cluster);
    operator = cluster.client("operator");
    admin = cluster.client("admin");
  }

  @AfterAll
  static void stop() {
    operator.close();
    admin.close();
    cluster.stop();
  }

  @BeforeEach
  void begin() {
    controllers = started();
    name = "loan-" + Long.toString(System.nanoTime(), 36);
  }

  private Controllers started() {
    RequestKind<LoanRequest, Loan> loans =
        new RequestKind<>(
            LoanRequest.class,
            Map.of("person", "nobody"),
            around -> new LoanProcedure(world, new CachedSurroundings(around)));
    RequestKinds kinds =
        new RequestKinds(Stream.concat(Kinds.shipped().all().stream(), Stream.of(loans)).toList());
    return Controllers.start(
        operator,
        kinds,
        Map.of(),
        new Settings(Clock.systemUTC(), "", why -> {}, Set.of(NAMESPACE), Transitions.UNHEARD));
  }

  @AfterEach
  void end() {
    controllers.close();
  }

  @Test
  void itIsApprovedMadeProvedAndTakenBackLikeAnyOther() {
    submitted();
    ProcessStatus asked = until(s -> s.state() == State.AWAITING_APPROVAL);
    assertThat(asked.plan().summary()).isEqualTo("carl gets into group for 60 minutes");
    assertThat(controllers.waitingForApproval())
        .containsEntry(new KindName("LoanRequest"), 1L)
        .containsEntry(new KindName("FirewallChangeRequest"), 0L);
    assertThat(world.members).isEmpty();

    approved(asked);
    ProcessStatus live = until(s -> s.state() == State.IN_FORCE);
    assertThat(world.members).hasSize(1);
    assertThat(live.expiresAt()).isNotNull();

    withdrawn();
    until(s -> s.state() == State.WITHDRAWN);
    assertThat(world.members).isEmpty();
    assertThat(world.mails).as("what cannot be taken back").hasSize(1);
    assertThat(record().orElseThrow().getSpec().process().kind()).isEqualTo("LoanRequest");
  }

  @Test
  void whoMayNotVoteCannotAndWhoMayCannotVoteForAnother() {
    submitted();
    String digest = until(s -> s.state() == State.AWAITING_APPROVAL).plan().digest();

    assertThat(voted("requester", "owner", "requester " + digest).exit()).isNotZero();
    assertThat(voted("approver", "owner", "approver " + digest).exit()).isNotZero();
    assertThat(voted("approver", "security", "second-approver " + digest).exit()).isNotZero();
    Result status =
        cluster.kubectl(
            "admin",
            "-n",
            NAMESPACE,
            "patch",
            "loanrequest",
            name,
            "--subresource=status",
            "--type=merge",
            "-p",
            "{\"status\":{\"state\":\"Completed\"}}");
    assertThat(status.exit()).as(status.text()).isNotZero();
    assertThat(loan().get().getMetadata().getAnnotations().keySet())
        .noneMatch(key -> key.startsWith(Annotations.APPROVE_PREFIX));
    assertThat(world.members).isEmpty();
  }

  @Test
  void anOperatorThatTakesOverGoesOnAndMakesNothingTwice() {
    submitted();
    controllers.close();
    controllers = started();
    ProcessStatus asked = until(s -> s.state() == State.AWAITING_APPROVAL);
    controllers.close();
    approved(asked);
    controllers = started();

    until(s -> s.state() == State.IN_FORCE);

    assertThat(world.made).hasSize(3);
    assertThat(world.joins).isEqualTo(1);
  }

  /** Every fifth call fails, of every seventh the answer is lost, and operators come and go. */
  @Test
  void howeverItFailsEachIsMadeOnceAndNothingStays() {
    AtomicInteger calls = new AtomicInteger();
    world.trouble =
        point -> {
          int call = calls.incrementAndGet();
          if (point == Point.BEFORE_A_CALL && call % 5 == 0 && call < FAULTY) {
            throw new ConnectorFailure.Transient("away", null);
          }
          if (point == Point.AFTER_A_CALL && call % 7 == 0 && call < FAULTY) {
            throw new ConnectorFailure.Unknown("the answer was lost", null);
          }
        };
    List<String> names = IntStream.range(0, LOANS).mapToObj(i -> name + "-" + i).toList();
    for (String loan : names) {
      name = loan;
      submitted();
    }
    for (String loan : names) {
      name = loan;
      approved(until(s -> s.state() == State.AWAITING_APPROVAL));
      controllers.close();
      controllers = started();
    }
    for (String loan : names) {
      name = loan;
      until(s -> s.state() == State.IN_FORCE);
    }
    assertThat(world.made).as("a case, a membership and a mail each, once").hasSize(3 * LOANS);

    for (String loan : names) {
      name = loan;
      withdrawn();
      controllers.close();
      controllers = started();
      until(s -> s.state() == State.WITHDRAWN);
    }
    assertThat(world.members).isEmpty();
    assertThat(world.made).hasSize(3 * LOANS);
  }

  /** Nobody but the operator knows then what has to go. */
  @Test
  void whatIsDeletedWithoutItsFinalizerLeavesNothing() {
    submitted();
    approved(until(s -> s.state() == State.AWAITING_APPROVAL));
    until(s -> s.state() == State.IN_FORCE);

    asAdmin("delete", "loanrequest", name, "--wait=false");
    cluster.kubectl(
        "admin",
        "-n",
        NAMESPACE,
        "patch",
        "loanrequest",
        name,
        "--type=merge",
        "-p",
        "{\"metadata\":{\"finalizers\":null}}");

    await(name).atMost(Patience.LIMIT).until(() -> loan().get() == null);
    await(name).atMost(Patience.LIMIT).until(world.members::isEmpty);
  }

  private void submitted() {
    Result created =
        cluster.kubectlWith(
            "requester",
            """
            apiVersion: processes.secamo.io/v1alpha1
            kind: LoanRequest
            metadata: {name: %s, namespace: %s}
            spec: {person: carl}
            """
                .formatted(name, NAMESPACE),
            "create",
            "-f",
            "-");
    assertThat(created.exit()).as(created.text()).isZero();
  }

  private void approved(ProcessStatus asked) {
    String digest = asked.plan().digest();
    Result owner = voted("second-approver", "owner", "second-approver " + digest);
    assertThat(owner.exit()).as(owner.text()).isZero();
    Result security = voted("approver", "security", "approver " + digest);
    assertThat(security.exit()).as(security.text()).isZero();
  }

  private Result voted(String person, String gate, String vote) {
    return cluster.kubectl(
        person,
        "-n",
        NAMESPACE,
        "annotate",
        "loanrequest",
        name,
        Annotations.APPROVE_PREFIX + gate + ".1=" + vote);
  }

  private void withdrawn() {
    Result withdrawn =
        cluster.kubectl(
            "requester",
            "-n",
            NAMESPACE,
            "patch",
            "loanrequest",
            name,
            "--type=merge",
            "-p",
            "{\"spec\":{\"withdrawn\":true}}");
    assertThat(withdrawn.exit()).as(withdrawn.text()).isZero();
  }

  private void asAdmin(String... command) {
    Result done =
        cluster.kubectl(
            "admin",
            Stream.concat(Stream.of("-n", NAMESPACE), Stream.of(command)).toArray(String[]::new));
    assertThat(done.exit()).as(done.text()).isZero();
  }

  private ProcessStatus until(Predicate<ProcessStatus> condition) {
    return await(name)
        .atMost(Patience.LIMIT)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> loan().get().getStatus(), status -> status != null && condition.test(status));
  }

  private Resource<LoanRequest> loan() {
    return operator.resources(LoanRequest.class).inNamespace(NAMESPACE).withName(name);
  }

  private Optional<EvidenceRecord> record() {
    return admin.resources(EvidenceRecord.class).inNamespace(NAMESPACE).list().getItems().stream()
        .filter(record -> record.getSpec().process().name().equals(name))
        .findFirst();
  }
}
