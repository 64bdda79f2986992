package io.secamo.processes.kubernetes.kind;

import io.secamo.processes.api.KindName;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All kinds of requests that this operator serves: what protects votes is tried on each. */
public final class RequestKinds {
  private final Map<KindName, RequestKind> kinds = new LinkedHashMap<>();

  /** These, and no others. */
  public RequestKinds(List<RequestKind> kinds) {
    kinds.forEach(kind -> this.kinds.put(kind.name(), kind));
  }

  /** Those that are shipped. */
  public static RequestKinds shipped() {
    Map<String, Object> rule =
        Map.of("name", "none", "protocol", "any", "peers", List.of("192.0.2.1"));
    return new RequestKinds(
        List.of(
            new RequestKind(
                FirewallChangeRequest.class,
                Map.of(
                    "connection",
                    "none",
                    "target",
                    Map.of("securityGroup", "none"),
                    "justification",
                    "never stored: tries whether a forged vote is refused",
                    "rules",
                    List.of(rule)))));
  }

  /** All of them. */
  public Collection<RequestKind> all() {
    return List.copyOf(kinds.values());
  }

  /** The one of a name, which somebody else served if it were not among them. */
  public RequestKind of(KindName name) {
    RequestKind kind = kinds.get(name);
    if (kind == null) {
      throw new IllegalStateException("kind " + name + " is not served");
    }
    return kind;
  }
}
