/** When changes may be made: pure decisions over change windows and a moment. */
@NullMarked
package io.secamo.processes.window;

import org.jspecify.annotations.NullMarked;
