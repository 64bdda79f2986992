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

  private boolean relies(Place place, String id) {
    return Reliance.of(JSON.convertValue(status, ProcessStatus.class), NOW).on(place, id);
  }
}
