/** The removal of what an earlier request opened for good, by a request of its own. */
@NullMarked
package io.secamo.processes.process.firewallchange.removing;

import org.jspecify.annotations.NullMarked;
