package io.secamo.processes.engine.procedure;

import io.secamo.processes.api.Effect;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec.Subject;
import io.secamo.processes.effect.Reverter;
import io.secamo.processes.effect.Undo;
import io.secamo.processes.engine.journal.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A process kind: a list of steps that reads like the procedure.
 *
 * @param <S> spec of the process kind
 */
public interface ProcessType<S> {
  /** The steps of the procedure for a request. */
  Steps<S> steps(Request<S> request);

  /** How what its steps change is undone, for each verb that they declare. */
  List<Undo> undos();

  /**
   * What the undoing of an effect needs that an earlier version announced. Only here the spec is
   * asked for that: what is announced now remembers it.
   */
  default Map<String, String> undoTextsOfEarlierVersion(Request<S> request, Effect effect) {
    return Map.of();
  }

  /**
   * The procedure for a request.
   *
   * @throws IllegalArgumentException if a step changes something that nothing here undoes
   */
  default Procedure<S> procedure(Request<S> request) {
    return steps(request).checked(undos());
  }

  /** Undoes what was made for a request. */
  default Reverter reverter(Request<S> request) {
    return new Reverter(
        undos(), procedure(request)::verb, effect -> undoTextsOfEarlierVersion(request, effect));
  }

  /** What the evidence says a request is. */
  Subject subject(Request<S> request);

  /** Whether deleting a request whose lasting change is live removes the change. */
  boolean undoneOnDelete(S spec);

  /**
   * The end that another request brings to a lasting change of this one; empty while none does.
   * Asked while the change lasts, whenever its request is looked at.
   */
  default Optional<Outcome.End> endedByAnother(Request<S> request) {
    return Optional.empty();
  }
}
