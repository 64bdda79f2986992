package io.secamo.processes.api.request;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the spec of every kind of request says, whatever else is asked for. */
public interface RequestSpec {
  /** Whether its people took it back, for good. */
  @Nullable Boolean withdrawn();

  /** Whether its people hold it. */
  @Nullable Boolean suspend();

  /**
   * Names of the Connections that it uses, in its own namespace: it is looked at again when one of
   * them changes, and they are not let go while it needs them.
   */
  List<String> connectionNames();

  /**
   * The Connection through which it changes something; of those that it uses the one to which what
   * earlier versions recorded belongs.
   */
  String connection();

  /**
   * Name of a lasting request of its kind and namespace that it asks to be removed; null if it asks
   * for something else. Each of the two is looked at when the other one has gone on.
   */
  @Nullable String removes();
}
