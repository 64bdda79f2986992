package io.secamo.processes.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.State;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.Patience;
import io.secamo.processes.systems.RealSystem;
import io.secamo.processes.systems.Script.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many people voting in the same moment, each with a kubectl of their own. */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class ManyVotersTest {
  private static final String POLICY =
      """
      apiVersion: orchestrator.secamo.io/v1alpha1
      kind: ApprovalPolicy
      metadata: {name: every-change}
      spec:
        rules:
        - name: every-change
          gates: [{name: security, required: %d}]
      """;
  private final Cast cast = new Cast();

  @BeforeEach
  void begin() throws Exception {
    for (String file : new String[] {"access", "connection"}) {
      cast.adminApplies(Files.readString(Path.of("examples/sandbox/" + file + ".yaml")));
    }
    cast.adminApplies(POLICY.formatted(10));
    cast.operatorStarts();
  }

  @AfterEach
  void end() throws Exception {
    cast.adminApplies(POLICY.formatted(1));
    cast.close();
  }

  @Test
  void ofFiftyVotesInTheSameMomentNoneIsLost() throws Exception {
    cast.requesterSubmits(Cast.request("sandbox", "crowd"));
    cast.sees("crowd", State.AWAITING_APPROVAL);
    String plan = cast.get("crowd").getStatus().plan().digest();
    cast.operatorsStop();

    List<Result> answers = vote("crowd", plan, 1, 50);

    assertThat(answers).allSatisfy(a -> assertThat(a.exit()).as(a.text()).isZero());
    TreeSet<String> voters = new TreeSet<>();
    for (Map.Entry<String, String> e :
        cast.get("crowd").getMetadata().getAnnotations().entrySet()) {
      if (e.getKey().startsWith(Annotations.APPROVE_PREFIX)) {
        voters.add(e.getValue());
      }
    }
    System.out.println("FIGURE votes in the same moment: 50 sent, " + voters.size() + " kept");
    assertThat(voters).hasSize(50).allMatch(v -> v.endsWith(" " + plan));

    cast.operatorStarts();
    cast.sees("crowd", State.IN_FORCE);
    assertThat(cast.get("crowd").getStatus().gates().get(0).approvals()).isEqualTo(10);
  }

  @Test
  void nineOfTenIsNotEnoughAndTheTenthIs() throws Exception {
    cast.requesterSubmits(Cast.request("sandbox", "quorum"));
    cast.sees("quorum", State.AWAITING_APPROVAL);
    String plan = cast.get("quorum").getStatus().plan().digest();

    vote("quorum", plan, 1, 9);
    await()
        .atMost(Patience.LIMIT)
        .untilAsserted(
            () ->
                assertThat(cast.get("quorum").getStatus().waitingFor())
                    .isEqualTo("security (9 of 10)"));
    Result again = as("voter-3", "quorum", plan);
    assertThat(again.err()).contains("you have already voted at gate security");
    assertThat(cast.get("quorum").getStatus().state()).isEqualTo(State.AWAITING_APPROVAL);

    assertThat(as("voter-10", "quorum", plan).exit()).isZero();
    cast.sees("quorum", State.IN_FORCE);
  }

  private List<Result> vote(String name, String plan, int from, int to) throws Exception {
    CountDownLatch together = new CountDownLatch(1);
    try (ExecutorService people = Executors.newFixedThreadPool(16)) {
      List<Future<Result>> votes = new ArrayList<>();
      IntStream.rangeClosed(from, to)
          .forEach(
              i ->
                  votes.add(
                      people.submit(
                          () -> {
                            together.await();
                            return voted("voter-" + i, name, plan);
                          })));
      together.countDown();
      List<Result> answers = new ArrayList<>();
      for (Future<Result> vote : votes) {
        answers.add(vote.get());
      }
      return answers;
    }
  }

  /**
   * A busy API server gives up some of so many writes, and says so: whoever reads that votes again,
   * and is told if the first one was stored all the same.
   */
  private Result voted(String voter, String name, String plan) {
    Instant end = Instant.now().plus(Patience.LIMIT);
    Result answer = as(voter, name, plan);
    while (answer.err().contains("Timeout") && Instant.now().isBefore(end)) {
      Result again = as(voter, name, plan);
      boolean stored = again.err().contains("you have already voted");
      answer = stored ? new Result(0, again.out(), again.err()) : again;
    }
    return answer;
  }

  private Result as(String voter, String name, String plan) {
    return cast.as(
        "admin",
        "--as",
        voter,
        "--as-group",
        "approvers",
        "annotate",
        "fcr",
        name,
        Annotations.APPROVE + "=" + plan);
  }
}
