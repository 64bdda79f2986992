/**
 * What the author of a kind writes: its procedure as checked data, and what its steps work with.
 * The engine plays it.
 */
@NullMarked
package io.secamo.processes.engine.procedure;

import org.jspecify.annotations.NullMarked;
