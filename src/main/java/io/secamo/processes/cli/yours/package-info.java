/** What of a request is for the person who asks. */
@NullMarked
package io.secamo.processes.cli.yours;

import org.jspecify.annotations.NullMarked;
