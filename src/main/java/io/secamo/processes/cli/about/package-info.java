/** The program itself: which version it is, and how shells complete it. */
@NullMarked
package io.secamo.processes.cli.about;

import org.jspecify.annotations.NullMarked;
