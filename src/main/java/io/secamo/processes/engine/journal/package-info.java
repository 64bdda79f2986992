/**
 * What is known of one process and where it stands. Steps see {@link
 * io.secamo.processes.engine.journal.StepJournal} of it, and say with an {@link
 * io.secamo.processes.engine.journal.Outcome} what became of them; only the engine moves a process.
 */
@NullMarked
package io.secamo.processes.engine.journal;

import org.jspecify.annotations.NullMarked;
