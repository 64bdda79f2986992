package io.secamo.processes.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.secamo.processes.api.ProcessStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How long a process waits after failures. */
class TimingTest {
  private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());

  @Test
  void anOutsideSystemThatFailsIsAskedLessAndLessOften() {
    for (int attempt = 1; attempt <= 20; attempt++) {
      Duration wait = Timing.backoff(attempt, "uid-1");
      double nominal = Math.min(300, 2 * Math.pow(2, Math.min(attempt, 10)));
      assertThat((double) wait.toSeconds()).isBetween(nominal * 0.75, nominal * 1.25);
    }
  }

  @Test
  void manyProcessesDoNotComeBackInTheSameSecond() {
    assertThat(
            IntStream.range(0, 200)
                .mapToObj(i -> Timing.backoff(6, "uid-" + i))
                .collect(Collectors.toSet()))
        .hasSizeGreaterThan(30);
    assertThat(Timing.backoff(6, "uid-1")).isEqualTo(Timing.backoff(6, "uid-1"));
  }

  @Test
  void aWaitIsShiftedByAFifthAtMost() {
    assertThat(IntStream.range(0, 500).mapToObj(i -> Timing.backoff(10, "uid-" + i)))
        .allSatisfy(
            wait -> assertThat(wait).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(6)));
  }

  /** A retry of something else may come much later. */
  @Test
  void aRemovalThatIsOwedIsNotSleptThrough() {
    Instant noon = Instant.parse("2027-01-04T12:00:00Z");
    assertThat(wakeUp(noon.plusSeconds(300), noon.plusSeconds(60), noon))
        .hasValue(noon.plusSeconds(60));
    assertThat(wakeUp(noon.plusSeconds(30), noon.plusSeconds(60), noon))
        .hasValue(noon.plusSeconds(30));
  }

  /** What is due and could not be done has its retry, or waits for people. */
  @Test
  void aRemovalThatFailsIsNotTriedWithoutAPause() {
    Instant noon = Instant.parse("2027-01-04T12:00:00Z");
    assertThat(wakeUp(noon.plusSeconds(300), noon.minusSeconds(60), noon))
        .hasValue(noon.plusSeconds(300));
    assertThat(wakeUp(null, noon.minusSeconds(60), noon)).isEmpty();
  }

  /** Without a write: nothing of it is in the status. */
  @Test
  void whatEndsSoonIsLookedAtInTimeToTellPeople() {
    Instant end = Instant.parse("2027-01-04T12:00:00Z");
    ObjectNode status = JSON.createObjectNode().put("state", "InForce");
    status.put("deadline", end.toString());
    status.putObject("inForce").put("since", "2027-01-04T08:00:00Z").put("until", end.toString());
    ProcessStatus live = JSON.convertValue(status, ProcessStatus.class);

    assertThat(Timing.wakeUp(live, end.minusSeconds(3600))).hasValue(end.minusSeconds(24 * 60));
    assertThat(Timing.wakeUp(live, end.minusSeconds(24 * 60))).hasValue(end);
  }

  private static Optional<Instant> wakeUp(Instant nextAttempt, Instant until, Instant now) {
    ObjectNode status =
        JSON.createObjectNode()
            .put("state", "Verifying")
            .put("nextAttemptAt", nextAttempt == null ? null : nextAttempt.toString());
    status.putObject("inForce").put("since", "2027-01-04T08:00:00Z").put("until", until.toString());
    return Timing.wakeUp(JSON.convertValue(status, ProcessStatus.class), now);
  }
}
