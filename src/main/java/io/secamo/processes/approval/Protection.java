package io.secamo.processes.approval;

import java.util.Optional;

/**
 * Whether the admission policies that make a vote a proof are in force, as seen just now.
 *
 * @param problem what is wrong, for people; empty if all is well
 * @param epoch identifies the installed policies and bindings: who takes one away and puts it back
 *     changes it, and with it the digest of every plan
 */
public record Protection(Optional<String> problem, String epoch) {}
