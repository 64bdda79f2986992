/** What a firewall change asks for, in the words of the firewall domain and of the policies. */
@NullMarked
package io.secamo.processes.process.firewallchange.requested;

import org.jspecify.annotations.NullMarked;
