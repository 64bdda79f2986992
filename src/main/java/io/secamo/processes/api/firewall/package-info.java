/** The kind FirewallChangeRequest, as people write it. */
@NullMarked
package io.secamo.processes.api.firewall;

import org.jspecify.annotations.NullMarked;
