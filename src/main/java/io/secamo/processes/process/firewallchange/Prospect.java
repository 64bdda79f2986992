package io.secamo.processes.process.firewallchange;

import io.secamo.processes.api.FirewallChangeSpec;
import io.secamo.processes.api.FirewallChangeSpec.Adoption;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.approval.PlanDigest;
import io.secamo.processes.approval.PlanDigest.Part;
import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.ConnectionFacts;
import io.secamo.processes.connector.FirewallProvider.Group;
import io.secamo.processes.connector.FirewallProvider.LiveRule;
import io.secamo.processes.effect.Place;
import io.secamo.processes.engine.Outcome;
import io.secamo.processes.engine.Turn;
import io.secamo.processes.firewall.ChangePlan;
import io.secamo.processes.firewall.Exposure;
import io.secamo.processes.firewall.Rule;
import io.secamo.processes.process.Planning;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What the change would do to the firewall as it is at one moment.
 *
 * @param asked what is asked for
 * @param group the security group with the rules that are there
 * @param account whose firewall it is
 * @param connection which Connection leads there
 * @param marker tells our rules from others'
 * @param left ids of rules that are marked as ours, and that no request answers for any more
 */
record Prospect(
    Asked asked,
    Group group,
    Account account,
    ConnectionFacts connection,
    Marker marker,
    Set<String> left) {
  /** What people still can judge and the status can hold; few rules around many make many. */
  static final int MOST_GAINED = 1000;

  /** Where it would be made. */
  Place place() {
    return new Place(connection.identity(), account.id(), group.id());
  }

  private List<LiveRule> live() {
    return group.rules();
  }

  /** Whether some request of ours answers for a rule. */
  private boolean ours(LiveRule rule) {
    return marker.ours(rule.marker()) && !left.contains(rule.id());
  }

  /** Whether every rule that is asked for is there. */
  boolean made() {
    return live().stream().map(LiveRule::rule).toList().containsAll(asked.rules());
  }

  /** How the process ends if there is nothing to do, or nothing that may be done. */
  Optional<Outcome> nothingToDo(FirewallChangeSpec spec) {
    List<LiveRule> foreign = live().stream().filter(r -> !ours(r)).toList();
    List<Rule> wanted = asked.rules();
    Optional<LiveRule> equal = foreign.stream().filter(r -> wanted.contains(r.rule())).findFirst();
    if (equal.isPresent() && spec.adoption() == Adoption.NEVER) {
      return Optional.of(
          Outcome.end(State.REJECTED, Reasons.RULE_EXISTS, Texts.ruleExists(equal.get())));
    }
    int gained = change().gained().toLines().size();
    if (gained > MOST_GAINED) {
      return Optional.of(
          Outcome.end(State.REJECTED, Reasons.INVALID_REQUEST, Texts.tooMuchToJudge(gained)));
    }
    Exposure there = Exposure.of(foreign.stream().map(LiveRule::rule).toList());
    return there.contains(Exposure.of(wanted))
        ? Optional.of(
            Outcome.end(State.ALREADY_SATISFIED, Reasons.ALREADY_SATISFIED, change().summary()))
        : Optional.empty();
  }

  /**
   * The plan that people approve.
   *
   * @param policies revision of the approval policies
   * @param admission epoch of the admission policies
   */
  ProcessStatus.Plan plan(Turn<FirewallChangeSpec> turn, String policies, String admission) {
    ChangePlan change = change();
    List<String> findings = change.findings().stream().map(Objects::toString).toList();
    PlanDigest digest =
        PlanDigest.of(
            List.of(
                new Part("uid", List.of(turn.request().uid())),
                new Part("request", asked.lines()),
                new Part("account", List.of(account.description())),
                new Part("connection", List.of(connection.identity())),
                new Part("policy", List.of(policies)),
                new Part("admission", List.of(admission)),
                new Part("effects", effects()),
                new Part("gained", change.gained().toLines()),
                new Part("findings", findings)));
    ProcessStatus.Plan made = plan(change, findings, digest, policies, admission, turn.now());
    Optional<ProcessStatus.Superseded> old =
        Planning.difference(turn.journal().plan(), turn.journal().votes().size(), made);
    return old.map(made::replacing).orElse(made);
  }

  private ProcessStatus.Plan plan(
      ChangePlan change,
      List<String> findings,
      PlanDigest digest,
      String policies,
      String admission,
      Instant now) {
    return new ProcessStatus.Plan(
        digest.shortForm(),
        digest.sha256(),
        Texts.limited(change.summary(), 1000),
        effects(),
        change.gained().toLines(),
        findings,
        account.description(),
        connection.identity(),
        policies,
        admission,
        null,
        now);
  }

  /** Whether this would do nothing that the approved plan does not say, and at the same place. */
  boolean within(ProcessStatus.Plan approved) {
    List<String> gained = approved.gained() == null ? List.of() : approved.gained();
    return account.description().equals(approved.account())
        && connection.identity().equals(approved.connection())
        && Exposure.parse(gained).contains(change().gained());
  }

  private List<String> effects() {
    String group = asked.spec().target().securityGroup();
    return asked.rules().stream().map(rule -> effect(rule) + " " + rule + " on " + group).toList();
  }

  private String effect(Rule rule) {
    Optional<LiveRule> there = live().stream().filter(r -> r.rule().equals(rule)).findFirst();
    if (there.isEmpty()) {
      return "add";
    }
    return ours(there.get()) ? "share" : "rely on";
  }

  private ChangePlan change() {
    return ChangePlan.plan(
        asked.spec().target().securityGroup(),
        asked.rules(),
        live().stream().map(LiveRule::rule).toList(),
        asked.temporary());
  }
}
