/** The cluster that a person means, and what they may do in it. */
@NullMarked
package io.secamo.processes.cli.cluster;

import org.jspecify.annotations.NullMarked;
