package io.secamo.processes.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.ProcessStatus.Step;
import io.secamo.processes.api.State;
import io.secamo.processes.connector.ConnectorFailure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A procedure that exists in these tests only keeps what every procedure has to keep. */
class LoanProcedureTest extends ProcedureContract {
  @Override
  protected Played begun() {
    return new PlayedLoan(new Loan("carl", true));
  }

  /** A case, a membership, a mail and a badge. */
  @Override
  protected int makes() {
    return 4;
  }

  @Test
  void whatOneStepGaveALaterOneTakes() {
    PlayedLoan process = live(new Loan("carl", true));

    assertThat(process.world.mails.values()).singleElement().asString().contains("about case 1");
    assertThat(step(process, "OpenCase").map(Step::outputs)).contains(Map.of("case", "case 1"));
    assertThat(step(process, "Join").map(Step::outputs))
        .contains(Map.of("membership", "carl in group 2"));
  }

  @Test
  void aStepThatIsNotForARequestIsLeftOutOfIt() {
    PlayedLoan process = live(new Loan("carl", false));

    assertThat(process.world.badges).isEmpty();
    assertThat(step(process, "Badge").map(Step::state)).contains("LeftOut");
    assertThat(process.status().state()).isEqualTo(State.IN_FORCE);
  }

  /** The mail is away: who waits for the membership need not wait for the mail. */
  @Test
  void stepsThatDoNotWaitForEachOtherAreEachTried() {
    PlayedLoan process = new PlayedLoan(new Loan("carl", true));
    process.workAfter(Duration.ZERO);
    process.approve();
    process.world.trouble =
        point -> {
          boolean mail = process.world.members.size() == 1 && process.world.mails.isEmpty();
          if (point == Played.Point.BEFORE_A_CALL && mail) {
            throw new ConnectorFailure.Refused("the mail system says no");
          }
        };

    process.workAfter(Duration.ZERO);

    assertThat(process.standing()).hasSize(1);
    assertThat(step(process, "Join").map(Step::state)).contains("Done");
    assertThat(step(process, "Tell").map(Step::state)).contains("Failed");
    assertThat(process.status().state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(process.status().message()).isEqualTo("the mail system says no");
  }

  @Test
  void whatIsDoneIsNotDoneAgainWhileWhatIsBesideItIsTriedAgain() {
    PlayedLoan process = new PlayedLoan(new Loan("carl", true));
    process.workAfter(Duration.ZERO);
    process.approve();
    process.world.trouble =
        point -> {
          if (point == Played.Point.BEFORE_A_CALL && process.world.members.size() == 1) {
            throw new ConnectorFailure.Transient("the mail system is away", null);
          }
        };
    process.workAfter(Duration.ZERO);
    process.workAfter(Duration.ofMinutes(1));
    assertThat(step(process, "Tell").map(Step::attempts)).contains(2);
    assertThat(process.world.joins).isEqualTo(1);

    process.world.trouble = point -> {};
    process.workAfter(Duration.ofMinutes(5));
    assertThat(process.status().state()).isEqualTo(State.IN_FORCE);
    assertThat(process.world.joins).isEqualTo(1);
  }

  /** Who makes it again before a search would show it makes it twice. */
  @Test
  void whatMayStillShowUpIsNotMadeAgain() {
    PlayedLoan process = new PlayedLoan(new Loan("carl", true));
    process.world.hidesAll = true;
    process.world.trouble =
        point -> {
          if (point == Played.Point.AFTER_A_CALL && process.world.cases.size() == 1) {
            throw new ConnectorFailure.Unknown("the answer was lost", null);
          }
        };
    process.workAfter(Duration.ZERO);
    process.world.trouble = point -> {};
    process.workAfter(Duration.ofSeconds(6));
    process.world.hidesAll = false;
    process.workAfter(Duration.ofMinutes(1));

    assertThat(process.made()).containsExactly("case 1");
    assertThat(process.status().state()).isEqualTo(State.AWAITING_APPROVAL);
  }

  @Test
  void whatCannotBeTakenBackStays() {
    PlayedLoan process = live(new Loan("carl", true));
    process.workAfter(Duration.ofHours(2));

    assertThat(process.status().state()).isEqualTo(State.EXPIRED);
    assertThat(process.world.members).isEmpty();
    assertThat(process.world.mails).hasSize(1);
  }

  private static PlayedLoan live(Loan loan) {
    PlayedLoan process = new PlayedLoan(loan);
    process.workAfter(Duration.ZERO);
    process.approve();
    process.workAfter(Duration.ZERO);
    assertThat(process.status().state()).isEqualTo(State.IN_FORCE);
    return process;
  }

  private static Optional<ProcessStatus.Step> step(PlayedLoan process, String name) {
    return process.status().steps().stream().filter(step -> step.name().equals(name)).findFirst();
  }
}
