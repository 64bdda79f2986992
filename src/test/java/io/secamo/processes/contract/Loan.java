package io.secamo.processes.contract;

/**
 * Somebody gets into a group for an hour: what the procedure that exists in these tests only is
 * for.
 *
 * @param person who
 * @param badge whether they get a badge as well
 */
record Loan(String person, boolean badge) {}
