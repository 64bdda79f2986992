/**
 * Attacks on the approvals, on the real API server: thousands of attempts, each with the answer
 * that it must get.
 */
package io.secamo.processes.attack;
