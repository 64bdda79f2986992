/** Whether this program still does its work, and whether the world it knows is still the world. */
@NullMarked
package io.secamo.processes.kubernetes.health;

import org.jspecify.annotations.NullMarked;
