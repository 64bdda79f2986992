package io.secamo.processes.kubernetes.reading;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an informer keeps of objects: everything but what people may fill and nobody here asks for,
 * which takes more memory than all the rest. Ten thousand requests that wait for people have to fit
 * into a small heap, and so do a thousand Connections of one tenant, each as large as it can be.
 *
 * @param <R> kind of resource
 */
public final class LeanStore<R extends HasMetadata> implements ItemStore<R> {
  private final Map<String, R> items = new ConcurrentHashMap<>();
  private final Consumer<ObjectMeta> lean;

  /**
   * An empty store.
   *
   * @param lean takes away what is not kept
   */
  public LeanStore(Consumer<ObjectMeta> lean) {
    this.lean = lean;
  }

  /** Takes away what nobody asks of an object that configures requests: labels are asked for. */
  public static void bare(ObjectMeta meta) {
    meta.setAnnotations(Map.of());
    meta.setFinalizers(List.of());
    meta.setManagedFields(List.of());
    meta.setOwnerReferences(List.of());
  }

  @Override
  public String getKey(R object) {
    return Cache.metaNamespaceKeyFunc(object);
  }

  @Override
  public @Nullable R put(String key, R object) {
    lean.accept(object.getMetadata());
    return items.put(key, object);
  }

  @Override
  public @Nullable R remove(String key) {
    return items.remove(key);
  }

  @Override
  public Stream<String> keySet() {
    return items.keySet().stream();
  }

  @Override
  public Stream<R> values() {
    return items.values().stream();
  }

  @Override
  public @Nullable R get(String key) {
    return items.get(key);
  }

  @Override
  public int size() {
    return items.size();
  }
}
