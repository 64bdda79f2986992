package io.secamo.processes.kubernetes.kind;

import io.secamo.processes.api.KindName;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All kinds of requests that this operator serves. Each is watched, and what protects votes is
 * tried on each.
 */
public final class RequestKinds {
  private final Map<KindName, RequestKind<?, ?>> kinds = new LinkedHashMap<>();

  /** These, and no others. */
  public RequestKinds(List<RequestKind<?, ?>> kinds) {
    kinds.forEach(kind -> this.kinds.put(kind.name(), kind));
  }

  /** All of them. */
  public Collection<RequestKind<?, ?>> all() {
    return List.copyOf(kinds.values());
  }

  /** Their names, as rules of approval policies write them. */
  public Set<String> names() {
    return kinds.keySet().stream().map(KindName::value).collect(Collectors.toUnmodifiableSet());
  }

  /** The one of a name, which somebody else served if it were not among them. */
  public RequestKind<?, ?> of(KindName name) {
    RequestKind<?, ?> kind = kinds.get(name);
    if (kind == null) {
      throw new IllegalStateException("kind " + name + " is not served");
    }
    return kind;
  }
}
