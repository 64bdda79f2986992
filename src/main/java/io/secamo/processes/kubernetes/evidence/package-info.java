/** Keeps the evidence of processes as Kubernetes objects that outlive them. */
@NullMarked
package io.secamo.processes.kubernetes.evidence;

import org.jspecify.annotations.NullMarked;
