package io.secamo.processes.kubernetes;

import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.request.ProcessRequest;
import io.secamo.processes.effect.Interruption;
import io.secamo.processes.kubernetes.patch.JsonPatch;
import io.secamo.processes.kubernetes.patch.MergePatch;
import io.secamo.processes.kubernetes.patch.Patches;
import io.secamo.processes.kubernetes.patch.SchemaFit;
import io.secamo.processes.kubernetes.reading.Seen;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes the status of processes, and remembers what it wrote until the informer has caught up: a
 * decision on an older status would be a second ticket. Each write says which write before it the
 * decision was made on; if another operator wrote the status since, nothing is written and the pass
 * ends. It is never repeated on the newer status, because the decision was not made on that one.
 * What people write to the rest of the object meanwhile keeps nothing from being recorded.
 *
 * @param <R> kind of resource
 */
final class StatusWriter<R extends ProcessRequest<?>> {
  private static final String ATTEMPT = "attempt";

  /** How often others may be faster with the same request during one write. */
  private static final int MOST_NEIGHBOURS = 5;

  private static final int TOO_LARGE = 413;
  private static final int INVALID = 422;

  private final KubernetesClient client;
  private final Class<R> kind;
  private final Patches patches;
  private final SchemaFit fit;
  private final Seen<R> informer;
  private final Map<String, R> written = new ConcurrentHashMap<>();

  StatusWriter(KubernetesClient client, Class<R> kind, Seen<R> informer) {
    this.client = client;
    this.kind = kind;
    this.informer = informer;
    this.patches = new Patches(client);
    this.fit = SchemaFit.ofStatus(kind);
  }

  /**
   * The newest version known: the given one, what was written after it, or what the informer has
   * seen since. All three: a version that we wrote is dropped when the informer has it, which may
   * be just after an older one was handed out.
   */
  R newest(R handedOut) {
    R ours = written.get(handedOut.getMetadata().getUid());
    R newest = informer.versionOf(handedOut).map(now -> later(handedOut, now)).orElse(handedOut);
    return ours == null ? newest : later(newest, ours);
  }

  private R later(R one, R other) {
    boolean same = one.getMetadata().getUid().equals(other.getMetadata().getUid());
    return same && version(other) > version(one) ? other : one;
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
      remember(live);
    }
  }

  /** Takes a version that was read or written in another way as the newest known. */
  void remember(R stored) {
    written.put(stored.getMetadata().getUid(), stored);
    // Often the event is there before the answer, and no other one comes for a long time.
    informer.versionOf(stored).ifPresent(this::caughtUp);
  }

  /** Tells that the informer has this version, so that an older copy need not be kept. */
  void caughtUp(R seen) {
    written.computeIfPresent(
        seen.getMetadata().getUid(), (uid, ours) -> version(ours) > version(seen) ? ours : null);
  }

  /**
   * Lets a deleted resource go by removing our finalizer.
   *
   * @throws Interruption.Conflict if somebody else wrote since
   */
  void release(R resource) {
    List<String> others =
        resource.getMetadata().getFinalizers().stream()
            .filter(f -> !f.equals(Annotations.FINALIZER))
            .toList();
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    ObjectNode metadata = patch.putObject("metadata");
    metadata.put("resourceVersion", resource.getMetadata().getResourceVersion());
    others.forEach(metadata.putArray("finalizers")::add);
    try {
      R unused = patches.send(target(resource, ""), patch.toString());
    } catch (KubernetesClientException e) {
      if (e.getCode() == HTTP_CONFLICT) {
        throw new Interruption.Conflict("somebody else wrote to the request in the meantime");
      }
      if (e.getCode() != HTTP_NOT_FOUND) {
        throw e;
      }
    }
    forget(resource);
  }

  /** How many versions are kept because the informer has older ones. */
  int kept() {
    return written.size();
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
   * @throws Interruption.NotRecorded if it will never be taken
   */
  R write(R read, ProcessStatus status) {
    return write(read, status, Optional.empty());
  }

  /**
   * Stores an end after which nobody is heard any more, only if its people still ask for the same:
   * what they say meanwhile is accepted, and would never be followed.
   *
   * @param read the newest version known
   * @param judged the version that says what they asked for when it was decided
   * @return the resource as stored
   * @throws Interruption.Conflict if they said something since, or somebody else wrote the status
   * @throws Interruption.NotRecorded if it will never be taken
   */
  R writeIfStillAsked(R read, R judged, ProcessStatus status) {
    return write(read, status, Optional.of(judged));
  }

  private R write(R read, ProcessStatus status, Optional<R> judged) {
    ObjectNode before = json(read.getStatus());
    ObjectNode after = json(status);
    fit.fit(after);
    before.remove(ATTEMPT);
    ObjectNode change = MergePatch.between(before, after);
    if (change.isEmpty()) {
      return read;
    }
    change.put(ATTEMPT, UUID.randomUUID().toString());
    R on = read;
    for (int i = 0; i < MOST_NEIGHBOURS; i++) {
      R onto = on;
      if (judged.filter(asked -> !Requests.askTheSame(onto, asked)).isPresent()) {
        throw new Interruption.Conflict("its people said something in the meantime");
      }
      Optional<R> stored = patch(on, before, change, judged.isPresent());
      if (stored.isPresent()) {
        remember(stored.get());
        return stored.get();
      }
      on = ownWriteOrNeighbour(on, change);
      if (change.path(ATTEMPT).asText().equals(attempt(on))) {
        remember(on);
        return on;
      }
    }
    throw new Interruption.Conflict("others write to the request all the time");
  }

  private Patches.Target<R> target(R resource, String part) {
    ObjectMeta meta = resource.getMetadata();
    return new Patches.Target<>(kind, meta.getNamespace(), meta.getName(), part, false);
  }

  /** Empty if somebody else wrote since, or what is to be said cannot be stored. */
  private Optional<R> patch(R read, ObjectNode before, ObjectNode change, boolean wholly) {
    try {
      return Optional.of(send(read, before, change, wholly));
    } catch (KubernetesClientException e) {
      if (e.getCode() == HTTP_NOT_FOUND) {
        throw new Interruption.Conflict("the request is gone");
      }
      if (e.getCode() == INVALID && !isAsRead(read)) {
        return Optional.empty();
      }
      if (unwritable(e)) {
        throw new Interruption.NotRecorded(String.valueOf(e.getMessage()));
      }
      if (e.getCode() != HTTP_CONFLICT) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /**
   * The first status of all replaces no other one: there it is the whole that must not change.
   *
   * @param wholly whether nothing of the object may have changed
   */
  private R send(R read, ObjectNode before, ObjectNode change, boolean wholly) {
    ObjectMeta meta = read.getMetadata();
    Patches.Target<R> target = target(read, "/status");
    String last = attempt(read);
    if (wholly || last.isEmpty()) {
      ObjectNode patch = change.objectNode();
      patch.putObject("metadata").put("resourceVersion", meta.getResourceVersion());
      patch.set("status", change);
      return patches.send(target, patch.toString());
    }
    JsonPatch patch = new JsonPatch();
    patch.test("/metadata/uid", meta.getUid());
    patch.test("/status/" + ATTEMPT, last);
    patch.merge("/status", before, change);
    return patches.send(target, patch);
  }

  private boolean isAsRead(R read) {
    R live = live(read);
    return live != null
        && live.getMetadata().getUid().equals(read.getMetadata().getUid())
        && attempt(live).equals(attempt(read));
  }

  /**
   * The object is full, or what is said of it does not fit the schema: that is so next time too.
   */
  private static boolean unwritable(KubernetesClientException e) {
    String text = String.valueOf(e.getMessage());
    return e.getCode() == TOO_LARGE || e.getCode() == INVALID || text.contains("is too large");
  }

  /**
   * What stands there after a refused write. The client repeats a request whose answer was lost,
   * and then the first one's success looks like a conflict: the attempt tells, since another
   * operator may have written the very same words. Who only voted or annotated is no reason to
   * begin anew either: what was done has to be recorded, and every effect looks at votes again.
   */
  private R ownWriteOrNeighbour(R read, ObjectNode change) {
    R live = live(read);
    if (live != null && live.getMetadata().getUid().equals(read.getMetadata().getUid())) {
      boolean ours = change.path(ATTEMPT).asText().equals(attempt(live));
      if (ours || Objects.equals(live.getStatus(), read.getStatus())) {
        return live;
      }
    }
    throw new Interruption.Conflict("somebody else wrote to the request in the meantime");
  }

  private static String attempt(ProcessRequest<?> resource) {
    ProcessStatus status = resource.getStatus();
    return status == null || status.attempt() == null ? "" : status.attempt();
  }

  private ObjectNode json(@Nullable ProcessStatus status) {
    JsonNode node = client.getKubernetesSerialization().convertValue(status, JsonNode.class);
    return node instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
  }

  static long version(ProcessRequest<?> resource) {
    return Long.parseLong(resource.getMetadata().getResourceVersion());
  }
}
