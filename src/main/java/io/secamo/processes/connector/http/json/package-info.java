/** What outside systems answer, taken apart within bounds. */
@NullMarked
package io.secamo.processes.connector.http.json;

import org.jspecify.annotations.NullMarked;
