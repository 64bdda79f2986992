/** Living together with tools that re-apply what Git has. */
@NullMarked
package io.secamo.processes.kubernetes.gitops;

import org.jspecify.annotations.NullMarked;
