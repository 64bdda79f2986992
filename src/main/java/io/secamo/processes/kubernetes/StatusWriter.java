package io.secamo.processes.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.engine.Interruption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes the status of processes, and remembers what it wrote until the informer has caught up: a
 * decision on an older status would be a second ticket. Each write carries the resourceVersion it
 * was decided on; if somebody wrote since, nothing is written and the pass ends. It is never
 * repeated on the newer object, because the decision was not made on that one.
 *
 * @param <R> kind of resource
 */
final class StatusWriter<R extends CustomResource<?, ProcessStatus>> {
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final KubernetesClient client;
  private final Class<R> kind;
  private final Map<String, R> written = new ConcurrentHashMap<>();

  StatusWriter(KubernetesClient client, Class<R> kind) {
    this.client = client;
    this.kind = kind;
  }

  /** The newest version known: the given one, or what was written after it. */
  R newest(R seen) {
    R ours = written.get(seen.getMetadata().getUid());
    if (ours == null) {
      return seen;
    }
    if (version(ours) > version(seen)) {
      return ours;
    }
    written.remove(seen.getMetadata().getUid(), ours);
    return seen;
  }

  /** The object as the API server has it now; null if it is gone. */
  @Nullable R live(R resource) {
    return client
        .resources(kind)
        .inNamespace(resource.getMetadata().getNamespace())
        .withName(resource.getMetadata().getName())
        .get();
  }

  /** Takes the object as the API server has it now as the newest known. */
  void refresh(R resource) {
    R live = live(resource);
    if (live == null) {
      forget(resource);
    } else {
      written.put(live.getMetadata().getUid(), live);
    }
  }

  /** Tells that the informer has this version, so that an older copy need not be kept. */
  void caughtUp(R seen) {
    written.computeIfPresent(
        seen.getMetadata().getUid(), (uid, ours) -> version(ours) > version(seen) ? ours : null);
  }

  /** Forgets a resource that is gone. */
  void forget(R resource) {
    written.remove(resource.getMetadata().getUid());
  }

  /**
   * Stores a status if it differs from the one the resource has.
   *
   * @param read the version on which the status was decided
   * @return the resource as stored
   * @throws Interruption.Conflict if somebody else wrote since
   */
  R write(R read, ProcessStatus status) {
    JsonNode before =
        client.getKubernetesSerialization().convertValue(orEmpty(read), JsonNode.class);
    JsonNode after = client.getKubernetesSerialization().convertValue(status, JsonNode.class);
    ObjectNode change = MergePatch.between((ObjectNode) before, (ObjectNode) after);
    if (change.isEmpty()) {
      return read;
    }
    R stored = patch(read, status, change);
    written.put(stored.getMetadata().getUid(), stored);
    return stored;
  }

  private R patch(R read, ProcessStatus status, ObjectNode change) {
    ObjectNode patch = change.objectNode();
    patch.putObject("metadata").put("resourceVersion", read.getMetadata().getResourceVersion());
    patch.set("status", change);
    try {
      return client
          .resources(kind)
          .inNamespace(read.getMetadata().getNamespace())
          .withName(read.getMetadata().getName())
          .subresource("status")
          .patch(MERGE, patch.toString());
    } catch (KubernetesClientException e) {
      if (e.getCode() == 404) {
        throw new Interruption.Conflict("the request is gone");
      }
      if (e.getCode() != 409) {
        throw e;
      }
      return ownWriteOrConflict(read, status);
    }
  }

  /**
   * The client repeats a request whose answer was lost, and then the first one's success looks like
   * a conflict: when the server has exactly what was to be written, it was ours.
   */
  private R ownWriteOrConflict(R read, ProcessStatus status) {
    R live = live(read);
    boolean ours =
        live != null
            && live.getMetadata().getUid().equals(read.getMetadata().getUid())
            && json(live.getStatus()).equals(json(status));
    if (live == null || !ours) {
      throw new Interruption.Conflict("somebody else wrote to the request in the meantime");
    }
    return live;
  }

  private JsonNode json(@Nullable ProcessStatus status) {
    JsonNode node = client.getKubernetesSerialization().convertValue(status, JsonNode.class);
    return node == null || node.isNull() ? JsonNodeFactory.instance.objectNode() : node;
  }

  private static Object orEmpty(CustomResource<?, ProcessStatus> resource) {
    ProcessStatus status = resource.getStatus();
    return status == null ? Map.of() : status;
  }

  private static long version(CustomResource<?, ?> resource) {
    return Long.parseLong(resource.getMetadata().getResourceVersion());
  }
}
