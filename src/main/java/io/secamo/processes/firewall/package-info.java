/**
 * The firewall domain: addresses, ports, rules, what a set of rules makes reachable, and the risk
 * of a change. Pure functions over values.
 */
@NullMarked
package io.secamo.processes.firewall;

import org.jspecify.annotations.NullMarked;
