package io.secamo.processes.effect;

import io.secamo.processes.connector.IdempotencyKey;
import java.util.Map;

/**
 * A change that is about to be announced, with all that its undoing will need besides its place and
 * its id: the request, or the procedure that wrote it, may be another one by then.
 *
 * @param key under which it is made
 * @param verb what is done, for example {@code firewall.open}
 * @param undo texts by name, each as the verb reads it
 */
public record Intended(IdempotencyKey key, String verb, Map<String, String> undo) {}
