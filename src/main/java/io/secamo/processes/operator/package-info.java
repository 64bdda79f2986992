/** The operator as a program: configuration, wiring, logging. */
@NullMarked
package io.secamo.processes.operator;

import org.jspecify.annotations.NullMarked;
