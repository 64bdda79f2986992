package io.secamo.processes.cli.draft;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.firewall.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a request asks for, before anybody has submitted it. */
public record Proposal(FirewallChangeRequest request) {
  /** What is known without the operator, and what is not. */
  public List<String> lines(Instant now) {
    FirewallChangeSpec spec = request.getSpec();
    List<String> lines = new ArrayList<>();
    lines.add("Not submitted: " + request.getMetadata().getNamespace() + "/" + name());
    lines.add(
        over(spec, now)
            ? "The API server would take it, and the operator reject it: expiresAt is over."
            : "The API server would take it; nothing was stored.");
    lines.add("");
    lines.add("Why        " + spec.justification());
    String requester =
        request.getMetadata().getAnnotations() == null
            ? null
            : request.getMetadata().getAnnotations().get(Annotations.REQUESTED_BY);
    if (requester != null) {
      lines.add("Requester  " + requester);
    }
    lines.add(
        "Target     " + spec.target().securityGroup() + " by Connection " + spec.connection());
    lines.add("Time       " + time(spec, now));
    lines.add("");
    String asks = spec.removes() == null ? "asks " : "asks to remove ";
    spec.rules().forEach(rule -> lines.add(asks + words(rule)));
    lines.add("");
    lines.add("Only the operator can tell, after it was submitted: which account that is,");
    lines.add("what is open already, what is a risk, who has to approve, and in which window.");
    return lines;
  }

  private static boolean over(FirewallChangeSpec spec, Instant now) {
    return spec.expiresAt() != null && !spec.expiresAt().isAfter(now);
  }

  private static String time(FirewallChangeSpec spec, Instant now) {
    if (spec.removes() == null) {
      return spec.lifetime().words(now);
    }
    return "removes what "
        + spec.removes()
        + " opened, "
        + (spec.notBefore() == null
            ? "as soon as it is approved"
            : "not before " + spec.notBefore());
  }

  private String name() {
    return request.getMetadata().getName();
  }

  private static String words(FirewallChangeSpec.Rule rule) {
    boolean in = rule.direction() == FirewallChangeSpec.Direction.INGRESS;
    String ports =
        rule.ports() == null || rule.ports().isEmpty() ? "" : " " + String.join(", ", rule.ports());
    return rule.name()
        + ": "
        + (in ? "Ingress " : "Egress ")
        + rule.protocol().name().toLowerCase(Locale.ROOT)
        + ports
        + (in ? " from " : " to ")
        + Finding.spoken(String.join(", ", rule.peers()));
  }
}
