package io.secamo.processes.kubernetes.connection;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * What the API server says of a Secret, read as it comes. Of what else stands in a Secret, whoever
 * may edit it chooses a megabyte: nothing of that is kept.
 */
final class SecretAnswer {
  /**
   * What a Secret holds.
   *
   * @param version changes with each of its entries
   */
  record Credentials(String version, Map<String, String> entries) {}

  /** In Base64. Four times what the values may have that a Connection has use for. */
  static final int MOST = 512 * 1024;

  private static final int ANY = Integer.MAX_VALUE;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNameLength(ANY)
                  .maxNestingDepth(ANY)
                  .maxStringLength(MOST)
                  .build())
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private SecretAnswer() {}

  /** Its values are longer than those of any Connection. */
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1L;
  }

  static Credentials read(InputStream answer) throws IOException {
    String version = "";
    Map<String, String> entries = Map.of();
    try (JsonParser parser = JSON.createParser(answer)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        boolean object = parser.nextToken() == JsonToken.START_OBJECT;
        if (object && field.equals("data")) {
          entries = entries(parser);
        } else if (object && field.equals("metadata")) {
          version = version(parser);
        } else {
          parser.skipChildren();
        }
      }
      return new Credentials(version, entries);
    } catch (StreamConstraintsException tooLong) {
      throw new TooLong();
    }
  }

  private static String version(JsonParser parser) throws IOException {
    String version = "";
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean it = parser.currentName().equals("resourceVersion");
      parser.nextToken();
      if (it) {
        version = parser.getText();
      }
      parser.skipChildren();
    }
    return version;
  }

  private static Map<String, String> entries(JsonParser parser) throws IOException {
    Map<String, String> entries = new HashMap<>();
    int left = MOST;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      parser.nextToken();
      String value = parser.getValueAsString("");
      left -= value.length();
      if (left < 0) {
        throw new TooLong();
      }
      entries.put(
          key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8).strip());
    }
    return entries;
  }
}
