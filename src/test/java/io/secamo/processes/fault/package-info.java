/**
 * The promise under faults: an operator whose every way to the world leads through servers that
 * fail on purpose, people who do their part, outside systems that write down what was done to them,
 * and a checker that judges afterwards what happened. Read {@link Plan} and {@link StepEvidence}
 * first, then {@link Run} and {@link Checker}.
 */
package io.secamo.processes.fault;
