package io.secamo.processes.process.ticket;

import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.engine.procedure.Request;
import io.secamo.processes.engine.procedure.StepContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a kind says in its tickets: plain text, of any length and with any characters; it is cleaned
 * before it is sent.
 *
 * @param <S> spec of the process kind
 */
public interface TicketWording<S> {
  /**
   * Where a ticket is wanted.
   *
   * @param connection name of the Connection that leads to the ticket system
   * @param queue queue or project; null: that of the Connection
   * @param priority 0 (low) to 100 (high); null: that of the ticket system
   */
  record Wanted(String connection, @Nullable String queue, @Nullable Integer priority) {}

  /** Whether a request wants a ticket, and where. */
  Optional<Wanted> wanted(S spec);

  /** One line that tells what it is about. */
  String subject(Request<S> request);

  /** What is asked for, by whom and why. */
  String description(Request<S> request);

  /** What people are asked to approve. */
  String plan(Request<S> request, Plan plan);

  /** That the change is live, and who approved it. */
  String applied(StepContext<S> context);

  /** How it ended. */
  String ended(StepContext<S> context, Outcome.End ending);
}
