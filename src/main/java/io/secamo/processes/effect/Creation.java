package io.secamo.processes.effect;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Something to be created exactly once.
 *
 * @param what under which key the outside system knows it, and what is done
 * @param searchLag how long after its announcement find may still miss it, the time that the call
 *     takes included; zero if the outside system itself refuses a second one
 * @param find looks it up by its key
 * @param create makes it
 * @param id the outside system's id of it
 * @param place where it is made, if it is undone at an end; empty for what stays, as a ticket
 * @param <R> what it is
 */
public record Creation<R>(
    Intended what,
    Duration searchLag,
    Supplier<Optional<R>> find,
    Supplier<R> create,
    Function<R, String> id,
    Optional<Place> place) {}
