package io.secamo.processes.connector;

/**
 * Whom our credentials stand for in an outside system. It is part of every approved plan, so that a
 * swapped Secret cannot redirect an approved change.
 *
 * @param description for people, without secrets, for example {@code OpenStack project demo (1f0c…)
 *     at https://…}
 */
public record Account(String description) {}
