/** The votes that people give, and what becomes of them. */
@NullMarked
package io.secamo.processes.cli.vote;

import org.jspecify.annotations.NullMarked;
