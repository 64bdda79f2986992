/** Measures what connectors of any vendor are asked and how it ends. */
@NullMarked
package io.secamo.processes.connector.metered;

import org.jspecify.annotations.NullMarked;
