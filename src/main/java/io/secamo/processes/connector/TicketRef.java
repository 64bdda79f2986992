package io.secamo.processes.connector;

/**
 * A ticket that exists.
 *
 * @param id number or key, for example {@code 42}
 * @param url where a person opens it
 * @param closed whether the system counts it as done (resolved, rejected, closed)
 */
public record TicketRef(String id, String url, boolean closed) {}
