/**
 * What a change of a firewall would do, over the time for which it is asked: what becomes reachable
 * that would not be without it, and how to say that. Pure functions over values.
 */
@NullMarked
package io.secamo.processes.firewall.change;

import org.jspecify.annotations.NullMarked;
