package io.secamo.processes.api.schema;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Objects;

/**
 * For a kind: what stands in a status that nobody has written yet: a generation that no object has.
 * Tools that wait for an object (kstatus: kubectl wait, Flux, Argo CD) take one without a status
 * for done.
 */
public final class NotYetObserved implements SchemaCustomizer.Customizer {
  @Override
  public JSONSchemaProps apply(
      JSONSchemaProps schema, String input, KubernetesSerialization serialization) {
    JSONSchemaProps status = Objects.requireNonNull(schema.getProperties().get("status"));
    status.setDefault(JsonNodeFactory.instance.objectNode().put("observedGeneration", -1));
    return schema;
  }
}
