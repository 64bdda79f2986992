/**
 * The procedure engine: it takes a process from step to step, and to its end. Plain Java: it knows
 * no vendor, no HTTP and no Kubernetes client.
 */
@NullMarked
package io.secamo.processes.engine;

import org.jspecify.annotations.NullMarked;
