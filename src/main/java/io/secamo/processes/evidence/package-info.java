/** The hash-chained record of a process: adding to it and checking it. Needs no cluster. */
@NullMarked
package io.secamo.processes.evidence;

import org.jspecify.annotations.NullMarked;
