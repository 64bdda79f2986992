package io.secamo.processes.api.schema;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Objects;

/**
 * Marks lists as keyed maps in the schema, so that two writers merge by key and a duplicate is
 * refused. Input: {@code list=key,list=key}.
 */
public final class ListMaps implements SchemaCustomizer.Customizer {
  @Override
  public JSONSchemaProps apply(
      JSONSchemaProps schema, String input, KubernetesSerialization serialization) {
    for (String pair : input.split(",", -1)) {
      String[] listAndKey = pair.split("=", 2);
      JSONSchemaProps list =
          Objects.requireNonNull(
              schema.getProperties().get(listAndKey[0]), () -> "no list " + pair);
      list.setXKubernetesListType("map");
      list.setXKubernetesListMapKeys(List.of(listAndKey[1]));
    }
    return schema;
  }
}
