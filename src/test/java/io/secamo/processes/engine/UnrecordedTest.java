package io.secamo.processes.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.secamo.processes.api.Effect;
import io.secamo.processes.api.EffectState;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.engine.journal.Journal;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.evidence.Chain.Happening;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The least that is stored when the API server does not take how a request stands. */
class UnrecordedTest {
  private static final Instant NOW = Instant.parse("2027-01-04T09:00:00Z");
  private static final ProcessStatus LIVE = status("InForce", "Done");

  @Test
  void anEndThatTookEverythingBackStaysAnEnd() {
    PassResult.Settled less = less("Expired", "Reverted", true);

    assertThat(less.status().state()).isEqualTo(State.EXPIRED);
    assertThat(less.status().message()).isEqualTo("what was said");
    assertThat(less.status().effects())
        .singleElement()
        .satisfies(e -> assertThat(e.state()).isEqualTo(EffectState.REVERTED));
    assertThat(less.mayBeDeleted()).isTrue();
  }

  @Test
  void whatWasTakenBackIsNotCalledLive() {
    ProcessStatus less = less("Expired", "Reverted", true).status();

    assertThat(less.inForce().revertedAt()).isEqualTo(NOW);
    assertThat(less.conditions())
        .anyMatch(c -> c.type().equals("InForce") && c.status().equals("False"));
  }

  /** It is full: what is stored in its place has to be less. */
  @Test
  void nothingIsAddedToWhatIsStoredAlready() {
    Journal more = Journal.of(status("Expired", "Reverted"));
    more.effectLog().became("Apply", "another", EffectState.REFERENCED, "theirs");

    ProcessStatus less = less(more.status(NOW), true).status();

    assertThat(less.effects()).extracting(Effect::key).containsExactly("k");
  }

  @Test
  void everythingElseWaitsUntilSomebodyHasMadeRoom() {
    for (String state : new String[] {"InForce", "Completed"}) {
      PassResult.Settled less = less(state, "Done", true);

      assertThat(less.status().state()).as(state).isEqualTo(State.NEEDS_ATTENTION);
      assertThat(less.status().message()).contains("Remove labels, annotations");
      assertThat(less.status().conditions()).anyMatch(c -> c.reason().equals(Reasons.NOT_RECORDED));
      assertThat(less.status().effects()).isEqualTo(LIVE.effects());
      assertThat(less.mayBeDeleted()).as("a request that still has duties").isFalse();
    }
  }

  /** However the evidence became full: what would be done could not be told as a whole. */
  @Test
  void nothingIsMadeWhenTheSamePassHasFilledTheEvidence() {
    Rehearsal process = new Rehearsal().step("Approve").makes("Apply");
    process.does(
        "Approve",
        context -> {
          for (int i = 0; i < 80; i++) {
            context
                .journal()
                .recordEvidence(
                    new Happening("Vote", "voter " + i, null, List.of()), context.asOf());
          }
          return Outcome.done();
        });
    process.pass();

    assertThat(process.outside).isEmpty();
    assertThat(process.status.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(process.status.message()).startsWith("no more can be recorded of this request");
    assertThat(process.status.effects()).isEmpty();
    assertThat(process.pass().status().state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(process.outside).isEmpty();
  }

  private static PassResult.Settled less(String state, String effect, boolean released) {
    return less(status(state, effect), released);
  }

  private static PassResult.Settled less(ProcessStatus status, boolean released) {
    PassResult.Settled refused =
        new PassResult.Settled(status, Optional.empty(), released, Optional.empty());
    return ProcessEngine.reduced(refused, LIVE, NOW);
  }

  private static ProcessStatus status(String state, String effect) {
    return Serialization.unmarshal(
        """
        state: %s
        step: KeepInForce
        message: what was said
        effects: [{key: k, step: Apply, state: %s, externalId: r1, connection: c, account: a}]
        inForce: {since: 2027-01-04T08:00:00Z, until: 2027-01-04T09:00:00Z}
        """
            .formatted(state, effect),
        ProcessStatus.class);
  }
}
