package io.secamo.processes.kubernetes;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.Groups;
import io.secamo.processes.api.KindName;
import io.secamo.processes.api.request.ProcessRequest;
import io.secamo.processes.api.request.RequestSpec;
import io.secamo.processes.engine.procedure.Request;
import io.secamo.processes.engine.procedure.Request.Wish;
import io.secamo.processes.kubernetes.gitops.Anchor;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Turns a custom resource into the request that the engine works on. */
final class Requests {
  private Requests() {}

  /** The request in a resource. */
  static <S extends RequestSpec> Request<S> of(ProcessRequest<S> resource) {
    ObjectMeta meta = resource.getMetadata();
    Map<String, String> annotations =
        meta.getAnnotations() == null ? Map.of() : Map.copyOf(meta.getAnnotations());
    return new Request<>(
        new KindName(resource.getKind()),
        meta.getUid(),
        meta.getNamespace(),
        meta.getName(),
        meta.getGeneration() == null ? 0 : meta.getGeneration(),
        Instant.parse(meta.getCreationTimestamp()),
        wish(meta, resource.getSpec()),
        annotations.getOrDefault(Annotations.REQUESTED_BY, ""),
        annotations,
        resource.getSpec());
  }

  /**
   * Takes away of what people fill whatever nobody asks for here: what others annotated, and who
   * owns a request or its fields. Finalizers stay, because ours is put among them.
   */
  static void lean(ObjectMeta meta) {
    List<ManagedFieldsEntry> owners = meta.getManagedFields();
    meta.setManagedFields(owners == null ? List.of() : Anchor.whoApplies(owners));
    meta.setOwnerReferences(List.of());
    if (meta.getAnnotations() != null) {
      Map<String, String> asked = new HashMap<>(meta.getAnnotations());
      asked.keySet().removeIf(key -> !key.contains(Groups.PROCESSES) && !Anchor.asks(key));
      meta.setAnnotations(asked);
    }
  }

  private static Wish wish(ObjectMeta meta, RequestSpec spec) {
    if (meta.getDeletionTimestamp() != null) {
      return Wish.DELETE;
    }
    if (Boolean.TRUE.equals(spec.withdrawn())) {
      return Wish.WITHDRAW;
    }
    return Boolean.TRUE.equals(spec.suspend()) ? Wish.SUSPEND : Wish.PROCEED;
  }

  /** Whether its people say the same in both: what it asks for, and what they wrote to us. */
  static <R extends ProcessRequest<?>> boolean askTheSame(R one, R other) {
    return Objects.equals(one.getSpec(), other.getSpec())
        && Objects.equals(
            one.getMetadata().getDeletionTimestamp(), other.getMetadata().getDeletionTimestamp())
        && said(one).equals(said(other));
  }

  /** Our annotations, but for the one that says only that somebody wants another try. */
  private static Map<String, String> said(ProcessRequest<?> resource) {
    Map<String, String> annotations = resource.getMetadata().getAnnotations();
    Map<String, String> said = new HashMap<>(annotations == null ? Map.of() : annotations);
    said.keySet().removeIf(key -> !key.contains(Groups.PROCESSES));
    said.remove(Annotations.REQUESTED_AT);
    return said;
  }

  /** Whether an update is more than the echo of our own status write. */
  static boolean worthAPass(ProcessRequest<?> now, ProcessRequest<?> before) {
    return !Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
        || !Objects.equals(
            now.getMetadata().getAnnotations(), before.getMetadata().getAnnotations())
        || !Objects.equals(now.getMetadata().getFinalizers(), before.getMetadata().getFinalizers())
        || !Objects.equals(
            now.getMetadata().getDeletionTimestamp(), before.getMetadata().getDeletionTimestamp());
  }
}
