/** The firewall change: its steps and texts, nothing else. */
@NullMarked
package io.secamo.processes.process.firewallchange;

import org.jspecify.annotations.NullMarked;
