/** Which kinds of requests this operator serves. */
@NullMarked
package io.secamo.processes.kubernetes.kind;

import org.jspecify.annotations.NullMarked;
