/** Change windows as the API server knows them. */
@NullMarked
package io.secamo.processes.kubernetes.window;

import org.jspecify.annotations.NullMarked;
