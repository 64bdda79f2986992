package io.secamo.processes.kubernetes.reading;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.dsl.Listable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists what configures requests a few at a time: what one tenant stores of it is not in the heap
 * all together.
 */
public final class Pages {
  /** Each may weigh 1.5 MB, as much as etcd stores, and is there twice while it is read. */
  public static final long FEW = 10;

  private Pages() {}

  /** All there are, without what nobody asks of them. */
  public static <R extends HasMetadata> List<R> all(
      Listable<? extends KubernetesResourceList<R>> stored) {
    return first(Integer.MAX_VALUE, stored);
  }

  /** The first ones, perhaps a few more than asked for. */
  public static <R extends HasMetadata> List<R> first(
      int count, Listable<? extends KubernetesResourceList<R>> stored) {
    List<R> read = new ArrayList<>();
    String next = null;
    do {
      KubernetesResourceList<R> page =
          stored.list(new ListOptionsBuilder().withLimit(FEW).withContinue(next).build());
      page.getItems().forEach(one -> LeanStore.bare(one.getMetadata()));
      read.addAll(page.getItems());
      next = next(page);
    } while (next != null && read.size() < count);
    return read;
  }

  private static @Nullable String next(KubernetesResourceList<?> page) {
    String next = page.getMetadata() == null ? null : page.getMetadata().getContinue();
    return next == null || next.isEmpty() ? null : next;
  }
}
