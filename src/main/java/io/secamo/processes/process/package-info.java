/** What process kinds have in common: the surroundings they work in. */
@NullMarked
package io.secamo.processes.process;

import org.jspecify.annotations.NullMarked;
