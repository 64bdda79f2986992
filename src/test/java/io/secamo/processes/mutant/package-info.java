/**
 * Breaks the operator on purpose, one way at a time, and sees whether the tests notice: a checker
 * that never says no proves nothing. The ways are in dev/mutants.d, {@code dev/mutants} plays them.
 */
package io.secamo.processes.mutant;
