/**
 * The verb firewall.open: rules are added, and removed again by what their effects remember. It
 * knows no kind of request.
 */
@NullMarked
package io.secamo.processes.process.opening;

import org.jspecify.annotations.NullMarked;
