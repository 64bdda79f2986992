package io.secamo.processes.connector;

import io.secamo.processes.api.orchestrator.ConnectionSpec;
import io.secamo.processes.text.Limit;
import io.secamo.processes.text.Plain;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A connection with its credentials, as a connector needs it. Credentials must never be logged or
 * shown: {@link #toString} leaves them out.
 *
 * @param namespace namespace of the connection
 * @param name name of the connection, for messages
 * @param spec its settings
 * @param credentials the decoded entries of its Secret; empty if it has none
 */
public record ConnectionSettings(
    String namespace, String name, ConnectionSpec spec, Map<String, String> credentials) {
  private static final String AUTHORITIES = "ca.crt";

  /** More than any user name, password or token has. A Secret may hold a million characters. */
  private static final int LONGEST = 4096;

  /** As many as people read, and as much of each. */
  private static final int MOST_KEYS = 8;

  private static final int LONGEST_KEY = 60;

  /** Some thirty certificates; each takes time and memory at every connection that is made. */
  private static final int LONGEST_AUTHORITIES = 65_536;

  /**
   * An entry of the Secret, or what counts if it has none.
   *
   * @throws ConnectorFailure.Unauthorized if it is too long to be one
   */
  public String credential(String key, String otherwise) {
    String value = credentials.getOrDefault(key, otherwise);
    if (value.length() > LONGEST) {
      throw new ConnectorFailure.Unauthorized(
          secret()
              + " has no usable key "
              + key
              + String.format(
                  Locale.ROOT,
                  ": it holds %,d characters, and at most %,d are read",
                  value.length(),
                  LONGEST));
    }
    return value;
  }

  /**
   * An entry of the Secret without which there is no signing in.
   *
   * @throws ConnectorFailure.Unauthorized if it is not there, blank or too long
   */
  public String needed(String key) {
    String value = credential(key, "");
    if (!value.isBlank()) {
      return value;
    }
    throw new ConnectorFailure.Unauthorized(
        credentials.containsKey(key)
            ? secret() + ": the key " + key + " is empty"
            : secret() + " has no key " + key + there() + ": add it");
  }

  /** The Secret, for messages. */
  public String secret() {
    ConnectionSpec.SecretRef named = spec.secretRef();
    return named == null
        ? "the Secret of the " + this
        : "Secret " + named.name() + " in namespace " + namespace;
  }

  /** The names of its keys, never a value: one of them may be the one that is looked for. */
  private String there() {
    List<String> keys = credentials.keySet().stream().sorted().toList();
    if (keys.isEmpty()) {
      return "";
    }
    String more = keys.size() > MOST_KEYS ? " and " + (keys.size() - MOST_KEYS) + " more" : "";
    return keys.stream()
        .limit(MOST_KEYS)
        .map(name -> Limit.to(LONGEST_KEY, Plain.shown(name)))
        .collect(Collectors.joining(", ", " (it has: ", more + ")"));
  }

  /**
   * The certificates of the Secret that are trusted in addition; null if it has none.
   *
   * @throws ConnectorFailure.Refused if they are too many
   */
  public @Nullable String authorities() {
    String given = credentials.get(AUTHORITIES);
    if (given != null && given.length() > LONGEST_AUTHORITIES) {
      throw new ConnectorFailure.Refused(
          String.format(
                  Locale.ROOT,
                  "%s holds %,d characters, at most %,d",
                  AUTHORITIES,
                  given.length(),
                  LONGEST_AUTHORITIES)
              + ": keep only the certificate of the authority that signed the server's"
              + " (Secret of the "
              + this
              + ")");
    }
    return given;
  }

  @Override
  public String toString() {
    return "connection " + namespace + "/" + name;
  }
}
