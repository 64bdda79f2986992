/**
 * A ticket system and a firewall that need nothing but the cluster: for the quick start and for
 * trying out what happens when an outside system misbehaves.
 */
@NullMarked
package io.secamo.processes.connector.sandbox;

import org.jspecify.annotations.NullMarked;
