package io.secamo.processes.connector.http;

/**
 * Lets calls ask for the end of their connection. The HTTP client of Java sends the header {@code
 * Connection} only if a system property allows it before its classes are loaded (module
 * java.net.http, {@code jdk.httpclient.allowRestrictedHeaders}).
 */
public final class RestrictedHeaders {
  private static final String PROPERTY = "jdk.httpclient.allowRestrictedHeaders";
  private static final String CONNECTION = "connection";

  private RestrictedHeaders() {}

  /** To be called before anything else touches the HTTP client; keeps what is allowed already. */
  public static void allowConnection() {
    String allowed = System.getProperty(PROPERTY, "").strip();
    for (String header : allowed.split(",", -1)) {
      if (header.equalsIgnoreCase(CONNECTION)) {
        return;
      }
    }
    System.setProperty(PROPERTY, allowed.isEmpty() ? CONNECTION : allowed + "," + CONNECTION);
  }

  /** What whoever starts Java has to do if it was too late. */
  static IllegalStateException tooLate(IllegalArgumentException refusal) {
    return new IllegalStateException(
        "Java's HTTP client was used before it was told that we close connections: start Java with"
            + " -D"
            + PROPERTY
            + "="
            + CONNECTION,
        refusal);
  }
}
