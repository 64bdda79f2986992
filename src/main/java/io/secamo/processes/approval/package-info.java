/** Votes, gates and digests: pure decisions over what was read. */
@NullMarked
package io.secamo.processes.approval;

import org.jspecify.annotations.NullMarked;
