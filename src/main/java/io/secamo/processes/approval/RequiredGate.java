package io.secamo.processes.approval;

/**
 * A gate that a plan must pass.
 *
 * @param name who may vote there is decided by the verb approve on approvalgates of this name
 * @param required how many different people must approve, at least 1
 */
public record RequiredGate(String name, int required) {}
