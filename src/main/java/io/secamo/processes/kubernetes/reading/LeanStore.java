package io.secamo.processes.kubernetes.reading;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an informer keeps of objects: everything but who owns which field, which takes more memory
 * than all the rest. Ten thousand requests that wait for people have to fit into a small heap.
 *
 * @param <R> kind of resource
 */
public final class LeanStore<R extends HasMetadata> implements ItemStore<R> {
  private final Map<String, R> items = new ConcurrentHashMap<>();
  private final UnaryOperator<List<ManagedFieldsEntry>> owners;

  /**
   * An empty store.
   *
   * @param owners what is kept of the owners of fields
   */
  public LeanStore(UnaryOperator<List<ManagedFieldsEntry>> owners) {
    this.owners = owners;
  }

  @Override
  public String getKey(R object) {
    return Cache.metaNamespaceKeyFunc(object);
  }

  @Override
  public @Nullable R put(String key, R object) {
    ObjectMeta meta = object.getMetadata();
    List<ManagedFieldsEntry> all = meta.getManagedFields();
    meta.setManagedFields(all == null ? List.of() : owners.apply(all));
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
