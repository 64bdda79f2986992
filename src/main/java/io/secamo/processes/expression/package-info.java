/** Expressions that people write in CEL: compiled when they are applied, bounded when they run. */
@NullMarked
package io.secamo.processes.expression;

import org.jspecify.annotations.NullMarked;
