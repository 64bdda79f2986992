package io.secamo.processes.approval;

import java.util.List;

/**
 * All gates that the plans of a namespace must pass.
 *
 * @param gates in the order of their names; never empty when a policy exists
 * @param revision identifies what the policies said, so that a changed policy voids votes
 */
public record RequiredGates(List<RequiredGate> gates, String revision) {}
