/** The sandbox keeps what it holds as ConfigMaps. */
@NullMarked
package io.secamo.processes.kubernetes.sandbox;

import org.jspecify.annotations.NullMarked;
