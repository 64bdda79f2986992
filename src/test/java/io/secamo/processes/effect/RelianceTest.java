package io.secamo.processes.effect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.secamo.processes.api.ProcessStatus;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Which rules a process keeps others from removing. */
class RelianceTest {
  private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());
  private static final Instant NOW = Instant.parse("2027-01-04T09:00:00Z");
  private static final Place HERE = new Place("cloud (u1)", "project 1", "group 1");
  private final ObjectNode status = JSON.createObjectNode();
  private final ObjectNode effect = status.putArray("effects").addObject();

  RelianceTest() {
    effect.put("key", "k").put("step", "Apply").put("state", "Done").put("externalId", "r1");
    effect.put("connection", "other (u2)").put("account", "project 1").put("target", "group 1");
    status.putObject("inForce").put("since", "2027-01-04T08:00:00Z");
  }

  @Test
  void itReliesOnWhatItHasVerified() {
    assertThat(relies(HERE, "r1")).isTrue();
    assertThat(relies(HERE, "r2")).isFalse();
  }

  @Test
  void theSameIdInAnotherAccountOrTargetIsAnotherThing() {
    assertThat(relies(new Place("cloud (u1)", "project 2", "group 1"), "r1")).isFalse();
    assertThat(relies(new Place("cloud (u1)", "project 1", "group 2"), "r1")).isFalse();
  }

  @Test
  void whatItHasNotSeenYetKeepsNothingForLongerThanAMinute() {
    status.remove("inForce");
    assertThat(relies(HERE, "r1")).as("nobody knows when it was made").isFalse();

    effect.put("intendedAt", "2027-01-04T08:59:01Z");
    assertThat(relies(HERE, "r1")).isTrue();
    effect.put("intendedAt", "2027-01-04T08:59:00Z");
    assertThat(relies(HERE, "r1")).isFalse();
  }

  @Test
  void itReliesOnNothingThatItHasNotMadeOrHasLetGo() {
    for (String state : new String[] {"Intended", "Reverted", "Released", "Referenced"}) {
      effect.put("state", state);
      assertThat(relies(HERE, "r1")).as(state).isFalse();
    }
    status.remove("effects");
    assertThat(relies(HERE, "r1")).isFalse();
  }

  @Test
  void itReliesOnNothingOnceItIsOver() {
    status.put("expiresAt", "2027-01-04T09:00:01Z").put("state", "InForce");
    assertThat(relies(HERE, "r1")).isTrue();
    status.put("state", "RolledBack");
    assertThat(relies(HERE, "r1")).isFalse();
    status.put("state", "Completed");
    assertThat(relies(HERE, "r1")).as("wants it for good").isTrue();

    status.put("expiresAt", "2027-01-04T09:00:00Z");
    assertThat(relies(HERE, "r1")).isFalse();
    status.remove("expiresAt");
    status.withObjectProperty("inForce").put("revertedAt", "2027-01-04T08:30:00Z");
    assertThat(relies(HERE, "r1")).isFalse();
  }

  /** Or two emergencies that nobody reviewed would each leave the thing to the other one. */
  @Test
  void anEmergencyReliesOnWhatItMadeUntilItsReviewIsOverdue() {
    status.remove("inForce");
    status.put("state", "AwaitingApproval");
    ObjectNode emergency = status.putObject("breakGlass");
    emergency.put("incident", "INC-7").put("by", "oscar").put("gate", "security");
    emergency.put("reviewers", 1).put("reviewUntil", "2027-01-04T09:00:01Z");
    assertThat(relies(HERE, "r1")).as("earlier versions did not record that it is live").isTrue();

    emergency.put("reviewedAt", "2027-01-04T08:59:59Z");
    assertThat(relies(HERE, "r1")).isFalse();
    emergency.remove("reviewedAt");
    status.put("state", "Applying");
    assertThat(relies(HERE, "r1")).isFalse();

    status.putObject("inForce").put("since", "2027-01-04T08:00:00Z");
    assertThat(relies(HERE, "r1")).isTrue();
    emergency.put("reviewUntil", "2027-01-04T09:00:00Z");
    assertThat(relies(HERE, "r1")).isFalse();
  }

  /** Whoever finds a thing that nobody answers for takes it on, and removes it at the end. */
  @Test
  void itAnswersForWhatItMadeAndForNothingElse() {
    status.remove("inForce");
    assertThat(answersFor(HERE, "r1", false)).as("also if it has not seen it yet").isTrue();
    assertThat(answersFor(HERE, "r2", false)).isFalse();
    assertThat(answersFor(new Place("cloud (u1)", "project 2", "group 1"), "r1", false)).isFalse();

    effect.put("state", "Referenced");
    assertThat(answersFor(HERE, "r1", false)).isFalse();
  }

  /** Its answer may be lost: then it knows no id, and only the mark tells that it made it. */
  @Test
  void itAnswersForWhatHasItsMarkWhileItMayHaveMadeSomethingThere() {
    effect.put("state", "Intended");
    effect.remove("externalId");
    assertThat(answersFor(HERE, "r1", true)).isTrue();
    assertThat(answersFor(HERE, "r1", false)).as("somebody else's mark").isFalse();
    assertThat(answersFor(new Place("cloud (u1)", "project 1", "group 2"), "r1", true)).isFalse();

    effect.put("state", "Reverted");
    assertThat(answersFor(HERE, "r1", true)).as("it has let go of it").isFalse();
  }

  @Test
  void onceItHasEndedItAnswersForNothingUnlessItWantsItForGood() {
    for (String state : new String[] {"Expired", "Rejected", "RolledBack", "Withdrawn"}) {
      status.put("state", state);
      assertThat(answersFor(HERE, "r1", true)).as(state).isFalse();
    }
    for (String state : new String[] {"Reverting", "NeedsAttention", "Completed"}) {
      status.put("state", state);
      assertThat(answersFor(HERE, "r1", true)).as(state).isTrue();
    }
  }

  private boolean answersFor(Place place, String id, boolean maker) {
    return Reliance.of(JSON.convertValue(status, ProcessStatus.class), NOW)
        .answersFor(place, id, maker);
  }

  private boolean relies(Place place, String id) {
    return Reliance.of(JSON.convertValue(status, ProcessStatus.class), NOW).at(place).contains(id);
  }
}
