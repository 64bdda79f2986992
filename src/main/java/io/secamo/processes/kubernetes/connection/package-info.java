/** Connections, and the connectors that are made from them. */
@NullMarked
package io.secamo.processes.kubernetes.connection;

import org.jspecify.annotations.NullMarked;
