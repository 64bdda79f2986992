/**
 * How fast the operator is, and what it costs: people played by a driver, the real API server, the
 * operator as it is installed. Read as ratios to what the API server can do in the same run. Called
 * by {@code dev/bench}; no test, because times depend on the machine.
 */
package io.secamo.processes.bench;
