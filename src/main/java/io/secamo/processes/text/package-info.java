/** Texts as they are stored and compared. */
@NullMarked
package io.secamo.processes.text;

import org.jspecify.annotations.NullMarked;
