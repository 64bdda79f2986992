package io.secamo.processes.effect;

import io.secamo.processes.api.Effect;
import java.time.Instant;
import java.util.Optional;

/**
 * The process whose effects they are, as far as undoing them needs it: what is recorded of it, and
 * never its spec or its procedure. Both may be other ones by then, or gone.
 */
public interface UndoContext {
  /** Namespace of its request: whose Connections it uses. */
  String namespace();

  /** Uid of its request. */
  String uid();

  /** Namespace and name of its request, for people. */
  String address();

  /** All its effects; what becomes of them is recorded there. */
  EffectLog effectLog();

  /** Where an effect was made, as far as that was recorded. */
  Optional<Place> place(Effect effect);

  /** Time of the pass, to the second. */
  Instant passTime();

  /** The time of what was just done or seen, to the second. */
  Instant now();

  /** Since when it is stored that the process ends; empty if it is not. */
  Optional<Instant> endsSince();

  /** Whether the others can see by what is stored that it ends. */
  boolean seenToEnd();

  /** Makes durable what was recorded so far, where many changes take long. */
  void checkpoint();
}
