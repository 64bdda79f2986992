package io.secamo.processes.kubernetes.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.secamo.processes.api.FirewallChangeRequest;
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

  private JsonNode owners(String fields) {
    var entry = read(REQUEST.formatted(fields, "")).getMetadata().getManagedFields().get(0);
    return stored.convertValue(entry.getFieldsV1(), JsonNode.class);
  }

  private FirewallChangeRequest read(String text) {
    return stored.unmarshal(text, FirewallChangeRequest.class);
  }
}
