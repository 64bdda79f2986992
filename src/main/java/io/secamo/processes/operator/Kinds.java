package io.secamo.processes.operator;

import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.kubernetes.kind.RequestKind;
import io.secamo.processes.kubernetes.kind.RequestKinds;
import io.secamo.processes.process.CachedSurroundings;
import io.secamo.processes.process.firewallchange.FirewallChange;
import java.util.List;
import java.util.Map;

/** The kinds of requests that are shipped with the operator. */
public final class Kinds {
  private Kinds() {}

  /** All of them. */
  public static RequestKinds shipped() {
    return new RequestKinds(List.of(firewallChanges()));
  }

  private static RequestKind<?, ?> firewallChanges() {
    Map<String, Object> rule =
        Map.of("name", "none", "protocol", "any", "peers", List.of("192.0.2.1"));
    return new RequestKind<>(
        FirewallChangeRequest.class,
        Map.of(
            "connection",
            "none",
            "target",
            Map.of("securityGroup", "none"),
            "justification",
            "never stored: tries whether a forged vote is refused",
            "rules",
            List.of(rule)),
        around -> new FirewallChange(new CachedSurroundings(around)));
  }
}
