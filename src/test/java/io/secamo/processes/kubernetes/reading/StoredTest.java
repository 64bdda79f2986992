package io.secamo.processes.kubernetes.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.systems.OwnJava;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StoredTest {
  private static final String REQUEST =
      """
      {"apiVersion":"processes.secamo.io/v1alpha1","kind":"FirewallChangeRequest",
       "metadata":{"name":"web","managedFields":[{"manager":"m","operation":"Apply",
         "fieldsV1":%s}]},
       "spec":{"connection":"cloud"%s},
       "status":{"later":{"a":[1]},"effects":[
         {"key":"k","state":"Done","step":"Apply","later":true}]}}
      """;

  private final KubernetesSerialization stored = Stored.serialization();

  /** An operator that goes back to this version read nothing any more, and removed nothing. */
  @Test
  void whatALaterVersionRecordedIsLeftAlone() {
    assertThat(read(REQUEST.formatted("{}", "")).getStatus().effects()).hasSize(1);
  }

  /** A watch reads it in two steps. */
  @Test
  void soItIsInAWatch() {
    GenericKubernetesResource event =
        stored.unmarshal(REQUEST.formatted("{}", ""), GenericKubernetesResource.class);
    assertThat(stored.convertValue(event, FirewallChangeRequest.class).getStatus().effects())
        .hasSize(1);
  }

  @Test
  void aWishThatIsNotKnownIsNotOverlooked() {
    assertThatThrownBy(() -> read(REQUEST.formatted("{}", ",\"later\":1")))
        .hasStackTraceContaining("Unrecognized field \"later\"");
  }

  @Test
  void whoOwnsFieldsIsReadAsFarAsItIsAskedFor() {
    String own = "{\"f:metadata\":{\"f:annotations\":{\"f:" + "a".repeat(60_000) + "\":{}}}}";
    assertThat(owners(own)).isEqualTo(stored.unmarshal(own, JsonNode.class));
    assertThat(owners("{\"f:a\":".repeat(5_000) + "{}" + "}".repeat(5_000)).toString())
        .hasSizeLessThan(200);
    assertThat(owners("{\"v:1\":{},\".\":{},\"n\":1,\"l\":[{\"b\":{}}]}"))
        .hasToString("{\"v:1\":{},\".\":{},\"n\":{},\"l\":{}}");
  }

  /**
   * Whoever may edit one request of their own ended the operator for everybody, in half a minute.
   */
  @Test
  void namesThatSomebodyWroteOnceAreNotKeptForEver() throws Exception {
    assertThat(OwnJava.said(OwnJava.INSTALLED, Names.class)).isEqualTo("all were read\n");
  }

  /** Each with a name of its own as long as an edit may have: together as much as the heap. */
  static final class Names {
    public static void main(String[] arguments) {
      KubernetesSerialization stored = Stored.serialization();
      for (int i = 0; i < 2_000; i++) {
        String name = UUID.randomUUID() + "y".repeat(120_000);
        String text = REQUEST.formatted("{\"f:spec\":{\"f:" + name + "\":{}}}", "");
        Class<?> read = i % 4 < 2 ? FirewallChangeRequest.class : GenericKubernetesResource.class;
        if (i % 2 == 0) {
          stored.unmarshal(text, read);
        } else {
          stored.unmarshal(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), read);
        }
      }
      System.out.println("all were read");
    }
  }

  private JsonNode owners(String fields) {
    var entry = read(REQUEST.formatted(fields, "")).getMetadata().getManagedFields().get(0);
    return stored.convertValue(entry.getFieldsV1(), JsonNode.class);
  }

  private FirewallChangeRequest read(String text) {
    return stored.unmarshal(text, FirewallChangeRequest.class);
  }
}
