/** The ticket of a request, whatever its kind: one is opened, told and closed. */
@NullMarked
package io.secamo.processes.process.ticket;

import org.jspecify.annotations.NullMarked;
