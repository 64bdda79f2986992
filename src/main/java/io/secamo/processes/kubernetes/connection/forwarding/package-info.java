/** Firewalls that forward each call to one that a Connection leads to, or led to. */
@NullMarked
package io.secamo.processes.kubernetes.connection.forwarding;

import org.jspecify.annotations.NullMarked;
