/**
 * Breaks the operator on purpose, one way at a time, and sees whether the tests notice: a checker
 * that never says no proves nothing. The ways are in dev/mutants.d, {@code dev/mutants} plays them.
 *
 * <p>A mutant names a method and what is done to its compiled code, in a few words ({@link
 * io.secamo.processes.mutant.Words}), and not the text of the source: so it outlives renamed
 * variables, another format, moved classes and most changes around its place. It names them in a
 * list and not as references in Java, because most of them are private methods, lambdas or nested
 * classes, which no reference from here could reach. What cannot be found as it says is told by
 * {@link io.secamo.processes.mutant.MutantTest}.
 */
package io.secamo.processes.mutant;
