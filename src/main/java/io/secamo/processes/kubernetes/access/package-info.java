/** Which cluster is meant: the one that somebody named, and no other. */
@NullMarked
package io.secamo.processes.kubernetes.access;

import org.jspecify.annotations.NullMarked;
