/** Which requests wait for each other, what wakes them, and where their passes run. */
@NullMarked
package io.secamo.processes.kubernetes.queue;

import org.jspecify.annotations.NullMarked;
