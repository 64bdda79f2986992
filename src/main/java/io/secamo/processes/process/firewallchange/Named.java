package io.secamo.processes.process.firewallchange;

import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.Systems;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.engine.procedure.StepContext;
import io.secamo.processes.process.Surroundings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether what a request names is there, looked up before anything is opened for it: nobody but its
 * requester can put a wrong name right.
 */
final class Named {
  private final Surroundings around;
  private final TargetFirewall firewall;

  /** Seen in this pass; the plan is made of it, so that looking first costs no call. */
  private TargetFirewall.@Nullable Sight seen;

  Named(Surroundings around, TargetFirewall firewall) {
    this.around = around;
    this.firewall = firewall;
  }

  /**
   * Back to the requester if something is not there.
   *
   * @throws ConnectorFailure if that cannot be told now
   */
  Optional<Outcome> wrong(StepContext<FirewallChangeSpec> context) {
    FirewallChangeSpec.Ticket ticket = context.spec().ticket();
    Systems systems = around.systems(context.request().namespace());
    try {
      if (ticket != null) {
        systems.tickets(ticket.connection());
      }
      seen = firewall.see(context);
      return Optional.empty();
    } catch (ConnectorFailure.Misnamed no) {
      String message = Texts.misnamed(String.valueOf(no.getMessage()));
      return Optional.of(Outcome.backToRequester(Reasons.MISNAMED, message));
    }
  }

  /** What was seen in this pass, once: who plans again wants to see what is there by then. */
  TargetFirewall.Sight seen(StepContext<FirewallChangeSpec> context) {
    TargetFirewall.Sight known = seen;
    seen = null;
    return known == null ? firewall.see(context) : known;
  }
}
