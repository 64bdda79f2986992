/** What is the same for every kind of request, whatever is asked for. */
@NullMarked
package io.secamo.processes.api.request;

import org.jspecify.annotations.NullMarked;
