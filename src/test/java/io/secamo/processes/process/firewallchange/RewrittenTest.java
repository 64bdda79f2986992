package io.secamo.processes.process.firewallchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.EvidenceEntry;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import io.secamo.processes.engine.procedure.Request.Wish;
import io.secamo.processes.process.firewallchange.Stage.Change;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A status that somebody else wrote, or that a definition of the kind made thinner. */
class RewrittenTest {
  private static final ObjectMapper JSON =
      JsonMapper.builder().addModule(new JavaTimeModule()).build();

  private final Stage stage = new Stage();
  private Change change;

  @BeforeEach
  void itIsInForce() {
    change = stage.submitted("web", new Wanted().expiringAfter("1h"));
    stage.vote(change, "ann", "security", true, "");
    assertThat(change.state()).isEqualTo(State.IN_FORCE);
  }

  @Test
  void anEndThatWasNeverToldIsNoEnd() {
    rewrite(status -> status.put("state", "Completed").put("finishedAt", "2027-01-04T09:00:00Z"));
    stage.pass(Duration.ofMinutes(1));

    assertThat(change.state()).isEqualTo(State.IN_FORCE);
    assertThat(change.status.finishedAt()).isNull();
    assertThat(told("StatusRewritten").facts()).containsExactly("it said Completed");

    stage.pass(Duration.ofHours(1));
    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void norIsItOneWhenTheTimeIsOver() {
    rewrite(status -> status.put("state", "Withdrawn").putNull("step"));
    stage.pass(Duration.ofHours(2));

    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(stage.cloud()).isEmpty();
  }

  /** Nor if who wrote it says why it was not told, or tells it. */
  @Test
  void whatStandsIsNotOverBecauseSomebodyWroteThatItEnded() {
    rewrite(
        status -> {
          status.put("state", "Withdrawn");
          status
              .withArray("evidence")
              .addObject()
              .put("seq", 99)
              .put("at", "2027-01-04T09:00:00Z")
              .put("what", "Ended")
              .put("previous", "p")
              .put("hash", "h");
        });
    stage.pass(Duration.ofHours(2));

    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void anEndThatWasToldStaysOne() {
    stage.pass(Duration.ofHours(1));
    ProcessStatus ended = change.status;
    stage.pass(Duration.ofHours(1));
    assertThat(change.status).isEqualTo(ended);
  }

  @Test
  void whatIsLiveIsNotSaidToBeOverBecauseTheStatusForgotIt() {
    rewrite(status -> status.remove("effects"));
    stage.pass(Duration.ofHours(1));

    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(change.status.message())
        .contains("somebody wrote to it", "remove them, then answer abandon");
    assertThat(change.status.answers()).containsExactly("abandon");
    assertThat(stage.cloud()).hasSize(1);
  }

  @Test
  void norIsItLetGoWhenItsRequestIsDeleted() {
    rewrite(status -> status.remove("effects"));
    change.wish(Wish.DELETE);
    stage.work();
    assertThat(change.released).isFalse();

    change.annotate(Annotations.RESOLVED_BY, "duty");
    change.annotate(Annotations.RESOLVE, "abandon removed by hand");
    stage.work();
    assertThat(change.released).isTrue();
    assertThat(change.status.message())
        .isEqualTo("given up by duty; what was changed may still be there");
  }

  private EvidenceEntry told(String what) {
    List<EvidenceEntry> entries =
        change.status.evidence().stream().filter(entry -> entry.what().equals(what)).toList();
    assertThat(entries).hasSize(1);
    return entries.get(0);
  }

  private void rewrite(Consumer<ObjectNode> how) {
    ObjectNode status = JSON.valueToTree(change.status);
    how.accept(status);
    change.status = JSON.convertValue(status, ProcessStatus.class);
  }
}
