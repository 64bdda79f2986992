/** Reads of the API server that several passes can share without seeing anything older. */
@NullMarked
package io.secamo.processes.kubernetes.reading;

import org.jspecify.annotations.NullMarked;
