/** Which requests wait for each other, and what wakes them. */
@NullMarked
package io.secamo.processes.kubernetes.queue;

import org.jspecify.annotations.NullMarked;
