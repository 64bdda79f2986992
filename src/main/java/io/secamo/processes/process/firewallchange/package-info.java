/** The firewall change: its two procedures, what its plan says, and its texts. */
@NullMarked
package io.secamo.processes.process.firewallchange;

import org.jspecify.annotations.NullMarked;
