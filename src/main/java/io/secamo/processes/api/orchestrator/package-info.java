/** The kinds that configure processes, and the record they leave. Data only. */
@NullMarked
package io.secamo.processes.api.orchestrator;

import org.jspecify.annotations.NullMarked;
