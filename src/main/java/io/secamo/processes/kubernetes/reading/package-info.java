/** Reads of the API server: what several passes can share, and what is kept of what was read. */
@NullMarked
package io.secamo.processes.kubernetes.reading;

import org.jspecify.annotations.NullMarked;
