/**
 * What processes do to outside systems: which effects there are, where, and what became of them.
 */
@NullMarked
package io.secamo.processes.effect;

import org.jspecify.annotations.NullMarked;
