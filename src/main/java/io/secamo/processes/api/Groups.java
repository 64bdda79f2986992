package io.secamo.processes.api;

/**
 * The two API groups. Whatever is in {@link #PROCESSES} is a request somebody made and is guarded
 * by the vote policies; {@link #ORCHESTRATOR} holds what configures them.
 */
public final class Groups {
  public static final String PROCESSES = "processes.secamo.io";
  public static final String ORCHESTRATOR = "orchestrator.secamo.io";
  public static final String VERSION = "v1alpha1";

  private Groups() {}
}
