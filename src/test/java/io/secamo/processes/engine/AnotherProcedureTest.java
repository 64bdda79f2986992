package io.secamo.processes.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.State;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.engine.procedure.Request.Wish;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What was made is undone by what its effects remember, also if its procedure is another one. */
class AnotherProcedureTest {
  private final Rehearsal before = new Rehearsal().makes("Grant").step("Tell").atTheEnd("Close");

  AnotherProcedureTest() {
    before.comesTo("Tell", Outcome.attention("Stuck", "nobody knows"));
    before.pass();
    assertThat(before.outside).containsExactly("Grant");
  }

  private Rehearsal now(Rehearsal procedure) {
    procedure.status = before.status;
    procedure.outside.addAll(before.outside);
    procedure.wish = Wish.WITHDRAW;
    return procedure;
  }

  @Test
  void whatAStepMadeThatIsGoneByNowIsUndone() {
    Rehearsal now = now(new Rehearsal().step("Tell").atTheEnd("Close").knows("Grant"));

    now.pass();

    assertThat(now.outside).isEmpty();
    assertThat(now.story).containsExactly("undo Grant", "Close");
    assertThat(now.status.state()).isEqualTo(State.WITHDRAWN);
  }

  @Test
  void whatNobodyKnowsHowToUndoIsNotForgottenButNeedsAPerson() {
    Rehearsal now = now(new Rehearsal().step("Tell").atTheEnd("Close"));

    now.pass();

    assertThat(now.status.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(now.status.message())
        .isEqualTo(
            "should have been removed at 2027-01-04T09:00:00Z and may still be live: this version"
                + " does not know how what make.Grant made is undone: remove it by hand, or"
                + " run the version that made it");
    assertThat(now.engine.owed(now.request(), now.status)).containsExactly("Grant");
  }

  @Test
  void whatIsOwedIsToldAlsoIfItsStepIsGone() {
    Rehearsal now = now(new Rehearsal().step("Tell").knows("Grant"));

    assertThat(now.engine.owed(now.request(), before.status)).containsExactly("Grant");
  }

  /** What one version cannot undo must not keep alive what it can. */
  @Test
  void whatNobodyKnowsHowToUndoKeepsNothingElseAlive() {
    Rehearsal earlier = new Rehearsal().makes("Grant").makes("Peer").step("Tell").atTheEnd("Close");
    earlier.comesTo("Tell", Outcome.attention("Stuck", "nobody knows"));
    earlier.pass();
    Rehearsal now = new Rehearsal().step("Tell").knows("Grant").atTheEnd("Close");
    now.status = earlier.status;
    now.outside.addAll(earlier.outside);
    now.wish = Wish.WITHDRAW;

    now.pass();

    assertThat(now.outside).containsExactly("Peer");
    assertThat(now.story).containsExactly("undo Grant");
    assertThat(now.status.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(now.status.message()).contains("how what make.Peer made is undone");
    assertThat(now.stepState("Peer")).contains("Failed");
    assertThat(now.engine.owed(now.request(), now.status)).containsExactly("Peer");

    now.knows("Peer");
    now.answer("retry: the other version is installed");
    now.passAfter(Duration.ofHours(1));
    assertThat(now.outside).isEmpty();
    assertThat(now.status.state()).isEqualTo(State.WITHDRAWN);
  }

  /** It was made once by its key, and is to go again like everything that has a place. */
  @Test
  void whatWasCreatedOnceAndNobodyKnowsHowToUndoIsNotForgottenEither() {
    Rehearsal earlier = new Rehearsal().creates("Account").step("Tell");
    earlier.comesTo("Tell", Outcome.attention("Stuck", "nobody knows"));
    earlier.pass();
    Rehearsal now = new Rehearsal().step("Tell");
    now.status = earlier.status;
    now.outside.addAll(earlier.outside);
    now.wish = Wish.WITHDRAW;

    now.pass();

    assertThat(now.outside).containsExactly("Account");
    assertThat(now.status.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(now.status.message()).contains("how what make.Account made is undone");

    now.knows("Account");
    now.answer("retry: the other version is installed");
    now.passAfter(Duration.ofHours(1));
    assertThat(now.outside).isEmpty();
    assertThat(now.status.state()).isEqualTo(State.WITHDRAWN);
  }
}
