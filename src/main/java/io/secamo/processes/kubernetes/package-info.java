/**
 * The only place that speaks to the Kubernetes API: reconcilers, the status writer, what is read
 * around a process, Events.
 */
@NullMarked
package io.secamo.processes.kubernetes;

import org.jspecify.annotations.NullMarked;
