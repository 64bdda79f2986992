/** Tells people and monitoring what happens to processes: Events, once for each occasion. */
@NullMarked
package io.secamo.processes.kubernetes.event;

import org.jspecify.annotations.NullMarked;
