/** How the program reads on a terminal, and what it asks there. */
@NullMarked
package io.secamo.processes.cli.terminal;

import org.jspecify.annotations.NullMarked;
