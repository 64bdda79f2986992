/**
 * The procedure engine: steps, outcomes, failures, the effect protocol and the journal. Plain Java:
 * it knows no vendor, no HTTP and no Kubernetes client.
 */
@NullMarked
package io.secamo.processes.engine;

import org.jspecify.annotations.NullMarked;
