package io.secamo.processes.connector;

import org.jspecify.annotations.Nullable;

/**
 * A ticket to be opened.
 *
 * @param key our key; the system must give the ticket back for it
 * @param queue queue or project; null means the connection's own
 * @param subject one line, at most 200 characters
 * @param body plain text, several lines
 * @param priority 0 (low) to 100 (high); null means the system's own
 */
public record TicketDraft(
    IdempotencyKey key,
    @Nullable String queue,
    String subject,
    String body,
    @Nullable Integer priority) {}
