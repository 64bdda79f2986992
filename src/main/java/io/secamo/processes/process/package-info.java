/**
 * What kinds of requests have in common: plans and the votes on them, when a change may be made,
 * the evidence of both, and what a process finds around it.
 */
@NullMarked
package io.secamo.processes.process;

import org.jspecify.annotations.NullMarked;
