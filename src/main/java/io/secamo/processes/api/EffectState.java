package io.secamo.processes.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far an effect is. */
public enum EffectState {
  /** About to happen, or may have happened. */
  @JsonProperty("Intended")
  INTENDED,
  /** Happened and was read back; ours to undo. */
  @JsonProperty("Done")
  DONE,
  /** No longer needed here, but kept because another request needs it. */
  @JsonProperty("Released")
  RELEASED,
  /** Was there already and is not ours: never undone by us. */
  @JsonProperty("Referenced")
  REFERENCED,
  /** Undone and observed gone. */
  @JsonProperty("Reverted")
  REVERTED
}
