package io.secamo.processes.kubernetes.reading;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads whatever the API server stores. Who may edit an object writes what others are said to have
 * set ({@code managedFields}): a name of 60,000 letters, or objects in objects by the thousand. The
 * usual limits of the parser would make that object unreadable, and one that cannot be read ends
 * the watch of all. The API server bounds what it stores itself.
 */
public final class Stored {
  private static final int ANY = Integer.MAX_VALUE;

  /** Deeper than any field that we ask the owner of. */
  private static final int DEEPEST = 12;

  private Stored() {}

  /** For a client of Kubernetes. */
  public static KubernetesSerialization serialization() {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNameLength(ANY).maxNestingDepth(ANY).build())
            // Names that were chosen so that they hash alike only make it slower.
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            // A parser that knows names again keeps thousands of them, however long, for ever.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();
    JsonMapper mapper =
        JsonMapper.builder(factory)
            .addMixIn(FieldsV1.class, Fields.class)
            .addHandler(new LaterStatus())
            .build();
    return new KubernetesSerialization(mapper, true);
  }

  /**
   * A later version may record more, and may have to give way to this one again. What people ask
   * for is another thing: a wish that is not known must not be overlooked.
   */
  private static final class LaterStatus extends DeserializationProblemHandler {
    @Override
    public boolean handleUnknownProperty(
        DeserializationContext context,
        JsonParser parser,
        JsonDeserializer<?> reader,
        Object there,
        String name)
        throws IOException {
      for (var at = parser.getParsingContext(); at != null; at = at.getParent()) {
        if ("status".equals(at.getCurrentName())) {
          parser.skipChildren();
          return true;
        }
      }
      return false;
    }
  }

  @JsonDeserialize(using = Shallow.class)
  private interface Fields {}

  /** Keeps the upper part, without a call for each level. */
  static final class Shallow extends StdDeserializer<FieldsV1> {
    private static final long serialVersionUID = 1L;

    Shallow() {
      super(FieldsV1.class);
    }

    @Override
    public FieldsV1 deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      FieldsV1 fields = new FieldsV1();
      read(parser, 1).forEach(fields::setAdditionalProperty);
      return fields;
    }

    private static Map<String, Object> read(JsonParser parser, int depth) throws IOException {
      Map<String, Object> read = new LinkedHashMap<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        boolean goesOn = parser.nextToken() == JsonToken.START_OBJECT && depth < DEEPEST;
        if (goesOn) {
          read.put(name, read(parser, depth + 1));
        } else {
          parser.skipChildren();
          read.put(name, Map.of());
        }
      }
      return read;
    }
  }
}
