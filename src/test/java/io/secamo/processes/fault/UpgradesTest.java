package io.secamo.processes.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.State;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.Patience;
import io.secamo.processes.systems.RealSystem;
import io.secamo.processes.systems.Script;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What one version of the operator has stored, another one understands and brings to its end. */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class UpgradesTest {
  private static final Path OURS = Path.of("").toAbsolutePath();

  /** How often the lease changes hands between the versions, and at which of them by a kill. */
  private static final int MOVES = 3;

  private static final int KILL = 2;

  /** A machine that stands still for as long as a change is live cannot do so each time. */
  private static final int ATTEMPTS = 5;

  private static Path previous;
  private static Installation installation;
  private final List<Replica> replicas = new ArrayList<>();

  @BeforeAll
  static void setTheStage() {
    Script.Result built = Script.of(List.of("dev/previous")).aloud().run();
    assertThat(built.exit()).as(built.text()).isZero();
    previous = Path.of(built.out().strip());
    installation = new Installation("upgrades");
  }

  @AfterAll
  static void clearTheStage() {
    installation.close();
  }

  @AfterEach
  void endReplicas() {
    replicas.forEach(Replica::close);
  }

  /**
   * Installs what a version ships: whoever upgrades does so before the new program starts, and an
   * operator lets no vote count under admission policies of another version.
   */
  private static void install(Path version) {
    Script.Result applied =
        installation
            .cluster()
            .kubectl(
                "admin",
                "apply",
                "--server-side",
                "--force-conflicts",
                "-k",
                version.resolve("manifests").toString());
    assertThat(applied.exit()).as(applied.text()).isZero();
  }

  private Replica replica(String name, Path program) {
    Replica replica = new Replica(installation, name, program).start();
    replicas.add(replica);
    return replica;
  }

  @Test
  void aRequestStandsInEveryStateThatIsStored() {
    Set<State> stood =
        Arrays.stream(Standing.values())
            .map(Standing::state)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(State.class)));
    assertThat(stood).isEqualTo(EnumSet.complementOf(EnumSet.of(Standing.NEVER_STORED)));
  }

  @Test
  void whatStandsUnderTheEarlierVersionGoesOnUnderThisOne() throws Exception {
    replaced("forward", previous, OURS);
  }

  @Test
  void whatStandsUnderThisVersionGoesOnUnderTheEarlierOne() throws Exception {
    replaced("back", OURS, previous);
  }

  private void replaced(String prefix, Path from, Path to) throws Exception {
    install(from);
    Replica first = replica(prefix + "-from", from);
    List<StandingRequest> all = new ArrayList<>(broughtUp(prefix));
    all.add(stoppedWhileLive(prefix, first, from));
    all.forEach(one -> assertThat(one.stands()).as("%s still stands there", one).isTrue());
    Installation.Case unseen = installation.submitAlone(Story.LASTING, prefix + "-unseen");
    all.forEach(StandingRequest::reachable);
    install(to);
    replica(prefix + "-to", to);
    happens(() -> unseen.state().equals("AwaitingApproval"));
    all.stream().filter(one -> !one.ended()).forEach(StandingRequest::goOn);
    installation.takePart(unseen);
    List<Installation.Case> cases =
        all.stream()
            .filter(one -> !one.ended())
            .map(StandingRequest::request)
            .collect(Collectors.toCollection(ArrayList::new));
    cases.add(unseen);
    List<String> violations = installation.judged(cases, 0, 1);
    System.out.printf(
        "FIGURE replaced %s: %d requests in %d states went on, %d were over, %d violations%n",
        prefix,
        cases.size() - 1,
        State.values().length - 1,
        all.size() + 1 - cases.size(),
        violations.size());
    assertThat(violations).isEmpty();
    all.forEach(StandingRequest::endedWell);
  }

  /** All but the one whose time runs, at the same time. */
  private static List<StandingRequest> broughtUp(String prefix) throws Exception {
    List<Callable<StandingRequest>> making = new ArrayList<>();
    for (Standing standing : EnumSet.complementOf(EnumSet.of(Standing.EXPIRING))) {
      making.add(() -> new StandingRequest(installation, standing, prefix).broughtUp());
    }
    List<StandingRequest> made = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<StandingRequest> one : threads.invokeAll(making)) {
        made.add(one.get());
      }
    }
    return made;
  }

  /** Stops the operator while a change is live that it would remove in a moment. */
  private StandingRequest stoppedWhileLive(String prefix, Replica first, Path program) {
    Replica operator = first;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      StandingRequest live =
          new StandingRequest(installation, Standing.EXPIRING, prefix + "-" + attempt).broughtUp();
      operator.terminate();
      if (live.stands()) {
        return live;
      }
      operator = replica(prefix + "-from-" + attempt, program);
    }
    throw new AssertionError("the machine stood still for seconds whenever a change was live");
  }

  @Test
  void twoVersionsThatHandTheLeaseToAndFroKeepEveryPromise() {
    List<Installation.Case> cases = new ArrayList<>();
    install(previous);
    Replica holding = replica("mixed-0", previous);
    String holder = heldByAnotherThan("");
    for (int move = 1; move <= MOVES; move++) {
      for (Story story : Story.ALONE) {
        // The policy gives requests with this beginning two seconds.
        String first = story == Story.TIMED_OUT ? "timed-" : "";
        cases.add(installation.submit(story, first + "mixed-" + move + "-" + story.ordinal()));
      }
      int wanted = installation.calls() + 20;
      happens(() -> installation.calls() >= wanted);
      Path next = move % 2 == 1 ? OURS : previous;
      install(next);
      Replica waiting = replica("mixed-" + move, next);
      happens(() -> waiting.page("/readyz").equals("ok\n"));
      if (move == KILL) {
        holding.close();
      } else {
        assertThat(holding.terminate().status()).as("it ends by itself").isNotEqualTo(-1);
      }
      holder = heldByAnotherThan(holder);
      holding = waiting;
    }
    List<String> violations = installation.judged(cases, 0, 1);
    System.out.printf(
        "FIGURE two versions: %d requests, lease handed over %d times, %d violations%n",
        cases.size(), MOVES, violations.size());
    assertThat(violations).isEmpty();
  }

  private static String heldByAnotherThan(String before) {
    happens(() -> !holder().isEmpty() && !holder().equals(before));
    return holder();
  }

  private static String holder() {
    return installation.lease().at("/spec/holderIdentity").asText();
  }

  private static void happens(BooleanSupplier so) {
    assertThat(Installation.until(Patience.LIMIT, so)).isTrue();
  }
}
