package io.secamo.processes.process.firewallchange.removing;

import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.engine.procedure.Request;
import io.secamo.processes.engine.procedure.Request.Wish;
import io.secamo.processes.process.Surroundings;
import java.util.Optional;

/** Whether a request for the removal of a lasting change is approved, as that change sees it. */
public final class ApprovedRemovals {
  private final Surroundings around;

  /** Finds them in the surroundings. */
  public ApprovedRemovals(Surroundings around) {
    this.around = around;
  }

  /** The end that an approved request brings to a lasting change of this one. */
  public Optional<Outcome.End> endOf(Request<FirewallChangeSpec> lasting) {
    return around.removers(lasting).stream()
        .filter(by -> by.request().wish() == Wish.PROCEED)
        .filter(by -> by.status().filter(status -> approved(status, lasting)).isPresent())
        .map(
            by ->
                new Outcome.End(
                    State.REMOVED,
                    Reasons.REMOVED,
                    RemovalTexts.asked(by.request(), by.status().map(ProcessStatus::plan))))
        .findFirst();
  }

  /**
   * Whether it says that it waits for the removal: it writes that only after its votes were judged
   * once more.
   */
  private static boolean approved(ProcessStatus remover, Request<FirewallChangeSpec> lasting) {
    Plan plan = remover.plan();
    return remover.state() == State.APPLYING
        && waitingForTheRemovalOf(lasting.name()).equals(remover.waitingFor())
        && plan != null
        && plan.removes() != null
        && plan.removes().uid().equals(lasting.uid());
  }

  /**
   * What an approved request waits for. Its {@code status.waitingFor} is read by the request of
   * this name, which then removes what it opened: the text must stay the same between versions.
   */
  static String waitingForTheRemovalOf(String name) {
    return "request " + name;
  }
}
