/** {@code kubectl process}: what people do with processes, with the rights they have anyway. */
@NullMarked
package io.secamo.processes.cli;

import org.jspecify.annotations.NullMarked;
