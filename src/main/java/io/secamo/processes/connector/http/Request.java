package io.secamo.processes.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One call to an outside system. It may hold secrets: {@link #toString} shows method and path only,
 * and what is marked as secret is struck out wherever the system repeats it.
 */
public final class Request {
  private final String method;
  private final String path;
  private final boolean changes;
  private final @Nullable JsonNode body;
  private boolean takesBack;
  private boolean signsIn;
  private boolean waitedFor;
  private Map<String, String> kept = Map.of();
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final List<String> secrets = new ArrayList<>();

  private Request(String method, String path, boolean changes, @Nullable JsonNode body) {
    this.method = method;
    this.path = path;
    this.changes = changes;
    this.body = body;
  }

  private Request(Request other) {
    this(other.method, other.path, other.changes, other.body);
    headers.putAll(other.headers);
    secrets.addAll(other.secrets);
    takesBack = other.takesBack;
    signsIn = other.signsIn;
    waitedFor = other.waitedFor;
    kept = other.kept;
  }

  /**
   * Reads.
   *
   * @param path what follows the base address, beginning with a slash, encoded already
   */
  public static Request get(String path) {
    return new Request("GET", path, false, null);
  }

  /** Changes something. */
  public static Request post(String path, JsonNode body) {
    return new Request("POST", path, true, body);
  }

  /** Changes nothing although it is a POST, for example a sign-in or a search. */
  public static Request ask(String path, JsonNode body) {
    return new Request("POST", path, false, body);
  }

  /** Changes something. */
  public static Request put(String path, JsonNode body) {
    return new Request("PUT", path, true, body);
  }

  /** Removes something. */
  public static Request delete(String path) {
    return new Request("DELETE", path, true, null);
  }

  /** The same call with a header that holds a secret as its last word. */
  public Request withSecret(String header, String value) {
    Request copy = knowing(value.substring(value.lastIndexOf(' ') + 1));
    copy.headers.put(header, value);
    return copy;
  }

  /**
   * The same call, a sign-in with a secret in its body. What the system says of it is not shown: it
   * may repeat the secret in any spelling, and what people write as a password may be spelled in
   * many.
   */
  public Request signingIn(String secret) {
    Request copy = knowing(secret);
    copy.signsIn = true;
    return copy;
  }

  private Request knowing(String secret) {
    Request copy = new Request(this);
    if (!secret.isBlank()) {
      copy.secrets.add(secret);
    }
    return copy;
  }

  /** The same call, needed to take something back: others must not crowd it out. */
  public Request takingBack() {
    Request copy = new Request(this);
    copy.takesBack = true;
    return copy;
  }

  /**
   * The same call, that makes what has to be removed again. Nobody hangs up on it before its own
   * limit: it might go on, and be done after it was looked for.
   */
  public Request waitedFor() {
    Request copy = new Request(this);
    copy.waitedFor = true;
    return copy;
  }

  /**
   * The same call, of whose answer only these fields are kept, wherever they stand in it. A system
   * may say far more, and what nobody asks for must not fill the memory.
   */
  public Request keeping(Set<String> fields) {
    Request copy = new Request(this);
    copy.kept = fields.stream().collect(Collectors.toUnmodifiableMap(name -> name, name -> name));
    return copy;
  }

  /** The fields of a success that are kept, each by its name; all if it is empty. */
  Map<String, String> kept() {
    return kept;
  }

  boolean isWaitedFor() {
    return waitedFor;
  }

  boolean takesBack() {
    return takesBack;
  }

  boolean signsIn() {
    return signsIn;
  }

  String method() {
    return method;
  }

  String path() {
    return path;
  }

  /** Whether a lost answer leaves us not knowing what happened. */
  boolean changes() {
    return changes;
  }

  @Nullable JsonNode body() {
    return body;
  }

  Map<String, String> headers() {
    return Map.copyOf(headers);
  }

  List<String> secrets() {
    return List.copyOf(secrets);
  }

  @Override
  public String toString() {
    int query = path.indexOf('?');
    return method + " " + (query < 0 ? path : path.substring(0, query));
  }
}
