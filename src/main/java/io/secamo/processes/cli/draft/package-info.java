/**
 * Requests that are not submitted yet: a new one from an old one, and what one in a file would do.
 */
@NullMarked
package io.secamo.processes.cli.draft;

import org.jspecify.annotations.NullMarked;
