package io.secamo.processes.cli.vote;

import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.cli.cluster.Cluster;
import io.secamo.processes.cli.terminal.Console;
import io.secamo.processes.cli.terminal.Program;
import io.secamo.processes.cli.terminal.Words;
import io.secamo.processes.text.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A vote that the API server has stored, and what the operator made of it: stored is not counted.
 *
 * @param gate at which it was written
 * @param voter whose it is
 * @param decision as the status writes it: Approve, Reject or Override
 * @param digest the plan it names
 */
record WrittenVote(String gate, String voter, String decision, String digest) {
  /** As long as a look at the firewall and a write take when all is well. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /** The exit code of a vote that never counts. */
  static final int VOID = 1;

  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration SILENCE = Duration.ofSeconds(2);
  private static final int MESSAGE = 200;

  /**
   * What became of it.
   *
   * @param counts false if it never will
   * @param words a sentence for the voter
   */
  record Fate(boolean counts, String words) {}

  /** That it is stored says nothing yet: only the operator counts. */
  int stored(Console console, FirewallChangeRequest request) {
    console.say(
        mine(request.getMetadata().getName())
            + "is stored. "
            + Words.command("status", request)
            + " tells whether it counts");
    return 0;
  }

  /** Waits some seconds, and tells what became of it; the exit code. */
  int told(Console console, Cluster cluster, String name) throws InterruptedException {
    Instant begin = console.clock().instant();
    boolean said = false;
    while (true) {
      FirewallChangeRequest request = cluster.request(name);
      Optional<Fate> fate = in(request);
      if (fate.isPresent()) {
        console.say(mine(name) + fate.get().words());
        return fate.get().counts() ? 0 : VOID;
      }
      Instant now = console.clock().instant();
      if (!now.isBefore(begin.plus(PATIENCE))) {
        console.say(mine(name) + notYet(request));
        return Program.TIMED_OUT;
      }
      if (!said && now.isAfter(begin.plus(SILENCE))) {
        console.warn("stored; waiting until it is counted");
        said = true;
      }
      Thread.sleep(PAUSE);
    }
  }

  private String mine(String name) {
    return name + ": your vote on plan " + digest + " at gate " + gate + " ";
  }

  /** Empty as long as the status tells neither that it is counted nor that it is void. */
  Optional<Fate> in(FirewallChangeRequest request) {
    ProcessStatus status = request.getStatus();
    Plan plan = status.plan();
    if (plan != null && !plan.digest().equals(digest)) {
      return Optional.of(
          new Fate(
              false,
              "is void: the plan is now "
                  + plan.digest()
                  + ". Read it with "
                  + Words.command("plan", request)
                  + " and vote again"));
    }
    if (Words.some(status.votes()).stream().anyMatch(this::isThis)) {
      if (decision.equals("Override")) {
        return Optional.of(override(status));
      }
      String what = decision.equals("Reject") ? "" : soFar(status);
      return Optional.of(new Fate(true, "is counted" + what + next(status)));
    }
    if (decision.equals("Approve") && overrode(status)) {
      return Optional.of(
          new Fate(false, "does not count: whoever overrode a gate reviews none of it"));
    }
    State state = status.state();
    return state != null && state.terminal()
        ? Optional.of(new Fate(false, "came too late: its state is " + state.word() + why(status)))
        : Optional.empty();
  }

  /** It is recorded as a vote also where no policy lets it open the gate. */
  private Fate override(ProcessStatus status) {
    boolean opened =
        status.breakGlass() != null
            && status.breakGlass().overridden().stream()
                .anyMatch(it -> it.by().equals(voter) && it.gate().equals(gate));
    boolean others =
        Words.some(status.gates()).stream()
            .anyMatch(it -> it.name().equals(gate) && it.state().equals("Overridden"));
    String said = status.message() == null ? "" : ". " + Limit.to(MESSAGE, status.message());
    return opened
        ? new Fate(true, "counts: the change goes ahead without approval" + said)
        : new Fate(others, (others ? "opens this gate alone" : "does not count") + said);
  }

  private static String why(ProcessStatus status) {
    String message = status.message();
    return message == null ? "" : ". " + Limit.to(MESSAGE, message);
  }

  /** What is said of a vote that nothing became of in time. */
  String notYet(FirewallChangeRequest request) {
    String message = request.getStatus().message();
    return "is stored and not counted so far. "
        + Words.command("status", request)
        + " tells when it is. Is the operator running?"
        + (message == null ? "" : " It said last: " + Limit.to(MESSAGE, message));
  }

  private boolean overrode(ProcessStatus status) {
    return status.breakGlass() != null
        && status.breakGlass().overridden().stream().anyMatch(it -> it.by().equals(voter));
  }

  private boolean isThis(ProcessStatus.Vote vote) {
    return vote.gate().equals(gate)
        && vote.voter().equals(voter)
        && vote.decision().equals(decision)
        && vote.digest().equals(digest);
  }

  private String soFar(ProcessStatus status) {
    return Words.some(status.gates()).stream()
        .filter(it -> it.name().equals(gate) && it.required() > 0)
        .findFirst()
        .map(it -> " (" + it.approvals() + " of " + it.required() + ")")
        .orElse("");
  }

  private static String next(ProcessStatus status) {
    if (status.state() == State.AWAITING_APPROVAL) {
      return status.waitingFor() == null ? "" : ". Still waiting for " + status.waitingFor();
    }
    if (status.state() == State.REJECTED) {
      return ": the request is rejected, and over";
    }
    return status.state() == null ? "" : ". Its state is " + status.state().word();
  }
}
