/** The plan of a request: what is going to be done, and what the votes on it rest on. */
@NullMarked
package io.secamo.processes.api.plan;

import org.jspecify.annotations.NullMarked;
