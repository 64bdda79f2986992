package io.secamo.processes.process.firewallchange.requested;

import io.secamo.processes.api.Effect;
import io.secamo.processes.api.Span;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.firewall.Cidr;
import io.secamo.processes.firewall.PortRange;
import io.secamo.processes.firewall.Protocol;
import io.secamo.processes.firewall.Rule;
import io.secamo.processes.firewall.change.ChangePlan;
import io.secamo.processes.process.opening.OpenEffect;
import io.secamo.processes.text.Plain;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a request asks for, in the words of the firewall domain.
 *
 * @param spec as it was submitted
 */
public record RequestedChange(FirewallChangeSpec spec) {
  private static final int MOST_RULES = 256;

  /** Of a spec. */
  public static RequestedChange of(FirewallChangeSpec spec) {
    return new RequestedChange(spec);
  }

  /** From when on it makes no sense any more to approve it; empty if it has no end of its own. */
  public static Optional<Instant> tooLate(FirewallChangeSpec spec) {
    return Optional.ofNullable(spec.expiresAt());
  }

  /** Whether it takes away what another request opened. */
  public boolean removes() {
    return spec.removes() != null;
  }

  /** Whether the access ends by itself. */
  public boolean temporary() {
    return !spec.lifetime().lasting();
  }

  /** What is asked for, and the latest moment at which it ends. */
  public ChangePlan.Wanted wanted() {
    Instant begins = spec.notBefore() == null ? Instant.MIN : spec.notBefore();
    return new ChangePlan.Wanted(rules(), begins, temporary(), spec.lifetime().latestEnd());
  }

  /** When the access ends if it is opened now. */
  public Optional<Instant> until(Instant opened) {
    String after = spec.expiresAfter();
    return after == null
        ? Optional.ofNullable(spec.expiresAt())
        : Optional.of(opened.plus(Span.parse(after)));
  }

  /** Why the request cannot be carried out as it was submitted, for people. */
  public Optional<String> wrong(Instant now) {
    return hidden().or(() -> problem(now));
  }

  /**
   * The wait for a start, where the request has an end that may come before: a window may be
   * changed meanwhile, so that it is only said, and rejected when it is so.
   */
  public Outcome.Wait atMostUntilItsEnd(Outcome.Wait wait) {
    Instant end = spec.expiresAt();
    if (end == null || (wait.until() != null && wait.until().isBefore(end))) {
      return wait;
    }
    boolean known = wait.until() != null;
    String early = known ? "; it is to end before that, at " + end + ", and is rejected then" : "";
    return new Outcome.Wait(
        wait.state(),
        wait.reason(),
        wait.waitingFor(),
        wait.message() + early,
        known ? end : null,
        known ? null : end);
  }

  /** Why the request cannot be carried out at this time, for people. */
  public Optional<String> problem(Instant now) {
    if (spec.expiresAt() != null && !now.isBefore(spec.expiresAt())) {
      return Optional.of(
          "expiresAt "
              + spec.expiresAt()
              + " is in the past: submit a new request with a later time");
    }
    if (spec.expiresAt() != null
        && spec.notBefore() != null
        && !spec.notBefore().isBefore(spec.expiresAt())) {
      return Optional.of("notBefore is not before expiresAt: submit a new request");
    }
    Optional<String> ports =
        spec.rules().stream().flatMap(r -> portsProblem(r).stream()).findFirst();
    if (ports.isPresent()) {
      return ports;
    }
    try {
      int size = rules().size();
      return size <= MOST_RULES
          ? Optional.empty()
          : Optional.of(
              "the request comes to "
                  + size
                  + " single rules (each port with each peer), at most "
                  + MOST_RULES
                  + " are possible: split it");
    } catch (IllegalArgumentException notARule) {
      return Optional.of(String.valueOf(notARule.getMessage()));
    }
  }

  /**
   * Why a text of it is not shown to people; judged once, before anybody has read or approved it.
   * The API server refuses the same, but not what was stored before it did.
   */
  public Optional<String> hidden() {
    return texts().entrySet().stream()
        .flatMap(
            text ->
                Plain.problem(text.getValue())
                    .map(problem -> "spec." + text.getKey() + " " + problem)
                    .stream())
        .findFirst()
        .map(problem -> problem + ": submit a new request, in one line of plain text");
  }

  private Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("justification", spec.justification());
    texts.put("target.securityGroup", spec.target().securityGroup());
    for (FirewallChangeSpec.Rule rule : spec.rules()) {
      if (rule.description() != null) {
        texts.put("rules " + rule.name() + " description", rule.description());
      }
    }
    if (spec.ticket() != null && spec.ticket().queue() != null) {
      texts.put("ticket.queue", spec.ticket().queue());
    }
    if (spec.ticket() != null && spec.ticket().customer() != null) {
      texts.put("ticket.customer", spec.ticket().customer());
    }
    if (spec.supersedes() != null) {
      texts.put("supersedes", spec.supersedes());
    }
    return texts;
  }

  /**
   * The schema says the same; where it did not, a list that is missing must not mean every port.
   */
  private static Optional<String> portsProblem(FirewallChangeSpec.Rule asked) {
    boolean named = asked.ports() != null && !asked.ports().isEmpty();
    Protocol protocol = Protocol.valueOf(asked.protocol().name());
    if (named == protocol.hasPorts()) {
      return Optional.empty();
    }
    String name = protocol.name().toLowerCase(Locale.ROOT);
    return Optional.of(
        "rule "
            + asked.name()
            + ": "
            + name
            + (named
                ? " takes no ports"
                : " needs ports, for example 443, or 1-65535 for every one")
            + ": submit a new request");
  }

  /** One rule for each port and peer, each once. */
  public List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    for (FirewallChangeSpec.Rule asked : spec.rules()) {
      Rule.Direction direction =
          asked.direction() == FirewallChangeSpec.Direction.EGRESS
              ? Rule.Direction.EGRESS
              : Rule.Direction.INGRESS;
      Protocol protocol = Protocol.valueOf(asked.protocol().name());
      for (PortRange ports : ports(asked)) {
        for (String peer : asked.peers()) {
          rules.add(new Rule(direction, protocol, ports, Cidr.parse(peer)));
        }
      }
    }
    return rules.stream().distinct().toList();
  }

  /** What an effect of an earlier version would have remembered, which this request announced. */
  public Map<String, String> undoTextsOfEarlierVersion(
      String clusterId, String uid, Effect effect) {
    Optional<Rule> rule =
        rules().stream()
            .filter(it -> OpenEffect.key(clusterId, uid, it).value().equals(effect.key()))
            .findFirst();
    return OpenEffect.undoTextsOfEarlierVersion(
        rule, spec.target().securityGroup(), spec.connection());
  }

  /** What the digest of a plan has to cover of the request itself. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("connection " + spec.connection());
    lines.add("target " + spec.target().securityGroup());
    lines.add("justification " + spec.justification());
    lines.add("notBefore " + spec.notBefore());
    lines.add("expiresAt " + spec.expiresAt());
    lines.add("expiresAfter " + spec.expiresAfter());
    lines.add("adoption " + spec.adoption());
    lines.add("onDelete " + spec.onDelete());
    rules().forEach(rule -> lines.add("rule " + rule));
    return lines;
  }

  private static List<PortRange> ports(FirewallChangeSpec.Rule asked) {
    return asked.ports() == null || asked.ports().isEmpty()
        ? List.of(PortRange.ALL)
        : asked.ports().stream().map(PortRange::parse).toList();
  }
}
