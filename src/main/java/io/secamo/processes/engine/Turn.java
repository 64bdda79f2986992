package io.secamo.processes.engine;

import io.secamo.processes.effect.Effects;
import java.time.Instant;

/**
 * What a step works with during one pass: the request, the journal, the time, and the way to
 * effects.
 *
 * @param request the request as it was when the pass began
 * @param journal what is known and was done so far; steps write to it
 * @param now time of the pass, to the second
 * @param effects the only way to change an outside system
 * @param <S> spec of the process kind
 */
public record Turn<S>(Request<S> request, Journal journal, Instant now, Effects effects) {
  /**
   * The time of what was just done or seen, to the second. A pass may take minutes; it decides by
   * the time at which it began, and tells when things happened.
   */
  public Instant moment() {
    return effects.moment();
  }

  /** The spec of the request. */
  public S spec() {
    return request.spec();
  }
}
