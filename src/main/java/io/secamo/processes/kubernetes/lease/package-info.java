/** Which one of several replicas acts. */
@NullMarked
package io.secamo.processes.kubernetes.lease;

import org.jspecify.annotations.NullMarked;
