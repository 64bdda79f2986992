package io.secamo.processes.kubernetes.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.secamo.processes.api.Annotations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Owns, next to whoever wrote it, what a re-apply of Git must not take away. Flux takes over the
 * fields of managers that begin with "kubectl" and drops what Git lacks, and what admission stamped
 * belongs to nobody; a field that has another owner stays. Only for requests that such a tool
 * manages: others need no extra write.
 */
public final class Anchor {
  private static final String MANAGER = "processes.secamo.io";
  private static final int MOST_OWNERS = 100;
  private static final String FLUX_LABEL = "kustomize.toolkit.fluxcd.io/name";
  private static final String FLUX_SSA = "kustomize.toolkit.fluxcd.io/ssa";
  private static final String ARGO_TRACKING = "argocd.argoproj.io/tracking-id";
  private static final List<String> KEPT =
      List.of(
          Annotations.REQUESTED_BY,
          Annotations.SUBMITTED_BY,
          Annotations.RESOLVE,
          Annotations.RESOLVED_BY);
  private static final List<String> KEPT_PREFIXES =
      List.of(Annotations.APPROVE_PREFIX, Annotations.REJECT_PREFIX, Annotations.OVERRIDE_PREFIX);
  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(MANAGER)
          .build();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KubernetesClient client;

  /** Anchors requests with the operator's own field manager. */
  public Anchor(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Makes sure that what people said stays.
   *
   * @param suspended whether somebody holds the request
   * @param withdrawn whether somebody took it back
   * @return the request as stored now, if anything had to be written
   */
  @SuppressWarnings("unchecked")
  public <R extends CustomResource<?, ?>> Optional<R> hold(
      R resource, boolean suspended, boolean withdrawn) {
    ObjectMeta meta = resource.getMetadata();
    if (meta.getDeletionTimestamp() != null || !managed(meta)) {
      return Optional.empty();
    }
    Map<String, String> annotations = kept(meta);
    ObjectNode spec = JsonNodeFactory.instance.objectNode();
    if (suspended) {
      spec.put("suspend", true);
    }
    if (withdrawn) {
      spec.put("withdrawn", true);
    }
    if (owned(meta, annotations, spec)) {
      return Optional.empty();
    }
    String configuration = configuration(resource, annotations, spec).toString();
    try {
      return Optional.of(
          (R)
              client
                  .resources(resource.getClass())
                  .inNamespace(meta.getNamespace())
                  .withName(meta.getName())
                  .patch(APPLY, configuration));
    } catch (KubernetesClientException e) {
      if (e.getCode() == 409 || e.getCode() == 404) {
        // Changed, made anew or gone in this moment: the next pass looks again.
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Whether a tool re-applies the request, so that it matters who owns which of its fields. */
  public static boolean managed(ObjectMeta meta) {
    Map<String, String> labels = meta.getLabels() == null ? Map.of() : meta.getLabels();
    Map<String, String> annotations =
        meta.getAnnotations() == null ? Map.of() : meta.getAnnotations();
    return labels.containsKey(FLUX_LABEL)
        || annotations.containsKey(ARGO_TRACKING)
        || entries(meta).stream()
            .anyMatch(e -> "Apply".equals(e.getOperation()) && !MANAGER.equals(e.getManager()));
  }

  /**
   * What is asked here of the owners of fields: who applies, and which fields are ours. What others
   * own is forgotten: anybody who may edit a request makes that as long as the API server allows.
   */
  public static List<ManagedFieldsEntry> whoApplies(List<ManagedFieldsEntry> owners) {
    Stream<ManagedFieldsEntry> others =
        owners.stream()
            .filter(e -> "Apply".equals(e.getOperation()) && !MANAGER.equals(e.getManager()))
            .limit(MOST_OWNERS)
            .map(e -> e.edit().withFieldsV1(null).build());
    return Stream.concat(owners.stream().filter(e -> MANAGER.equals(e.getManager())), others)
        .toList();
  }

  /** Whether an annotation is asked for here. */
  public static boolean asks(String annotation) {
    return annotation.equals(ARGO_TRACKING);
  }

  private static Map<String, String> kept(ObjectMeta meta) {
    Map<String, String> kept = new TreeMap<>();
    Map<String, String> annotations =
        meta.getAnnotations() == null ? Map.of() : meta.getAnnotations();
    annotations.forEach(
        (key, value) -> {
          if (KEPT.contains(key) || KEPT_PREFIXES.stream().anyMatch(key::startsWith)) {
            kept.put(key, value);
          }
        });
    if (meta.getLabels() != null && meta.getLabels().containsKey(FLUX_LABEL)) {
      kept.put(FLUX_SSA, "Merge");
    }
    return kept;
  }

  private static boolean owned(ObjectMeta meta, Map<String, String> annotations, ObjectNode spec) {
    Optional<JsonNode> ours =
        entries(meta).stream()
            .filter(e -> MANAGER.equals(e.getManager()) && "Apply".equals(e.getOperation()))
            .<JsonNode>map(e -> JSON.valueToTree(e.getFieldsV1()))
            .findFirst();
    if (ours.isEmpty()) {
      return false;
    }
    JsonNode owned = ours.get();
    for (String key : annotations.keySet()) {
      if (!owned.path("f:metadata").path("f:annotations").has("f:" + key)) {
        return false;
      }
    }
    for (var field : spec.properties()) {
      if (!owned.path("f:spec").has("f:" + field.getKey())) {
        return false;
      }
    }
    return true;
  }

  /** With the uid, so that it can neither make a request nor touch one that was made anew. */
  private static ObjectNode configuration(
      CustomResource<?, ?> resource, Map<String, String> annotations, ObjectNode spec) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("apiVersion", resource.getApiVersion()).put("kind", resource.getKind());
    ObjectNode meta = object.putObject("metadata");
    meta.put("name", resource.getMetadata().getName());
    meta.put("namespace", resource.getMetadata().getNamespace());
    meta.put("uid", resource.getMetadata().getUid());
    meta.putArray("finalizers").add(Annotations.FINALIZER);
    ObjectNode node = meta.putObject("annotations");
    annotations.forEach(node::put);
    if (!spec.isEmpty()) {
      object.set("spec", spec);
    }
    return object;
  }

  private static List<ManagedFieldsEntry> entries(ObjectMeta meta) {
    return meta.getManagedFields() == null ? List.of() : meta.getManagedFields();
  }
}
