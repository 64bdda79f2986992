package io.secamo.processes.process.firewallchange;

import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.api.firewall.FirewallChangeSpec.Adoption;
import io.secamo.processes.api.plan.Change;
import io.secamo.processes.api.plan.Change.Does;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.api.plan.Risk;
import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.ConnectionFacts;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider.Group;
import io.secamo.processes.connector.FirewallProvider.LiveRule;
import io.secamo.processes.effect.Place;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.engine.procedure.StepContext;
import io.secamo.processes.firewall.Exposure;
import io.secamo.processes.firewall.Finding;
import io.secamo.processes.firewall.Rule;
import io.secamo.processes.firewall.TooManyRules;
import io.secamo.processes.firewall.change.ChangePlan;
import io.secamo.processes.firewall.change.StillOpen;
import io.secamo.processes.process.Grounds;
import io.secamo.processes.process.PlanDigester;
import io.secamo.processes.process.Planning;
import io.secamo.processes.process.firewallchange.requested.RequestedChange;
import io.secamo.processes.process.opening.OpenEffect;
import io.secamo.processes.text.Limit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the change would do to the firewall as it is at one moment.
 *
 * @param asked what is asked for
 * @param group the security group with the rules that are there
 * @param account whose firewall it is
 * @param connection which Connection leads there
 * @param ownership whose the rules that are there are
 */
record GroupAssessment(
    RequestedChange asked,
    Group group,
    Account account,
    ConnectionFacts connection,
    RuleOwnership ownership) {
  /** As many as the status holds. */
  private static final int MOST_DIFFERENCES = 20;

  private static final int MOST_LINES = 50;

  /** Where it would be made. */
  Place place() {
    return new Place(connection.identity(), account.id(), group.id());
  }

  private List<LiveRule> live() {
    return group.rules();
  }

  /**
   * Whether every rule that is asked for is there, and may have been made, or relied on, by this
   * very request.
   *
   * @param recorded what it has recorded; after a backup was restored only the marker knows
   */
  boolean madeByItself(Predicate<Rule> recorded) {
    return asked.rules().stream()
        .allMatch(
            rule ->
                live().stream()
                    .filter(there -> there.rule().equals(rule))
                    .anyMatch(there -> recorded.test(rule) || ownership.ofThisRequest(there)));
  }

  /** How the process ends if there is nothing to do, or nothing that may be done. */
  Optional<Outcome> endBeforePlan(FirewallChangeSpec spec) {
    Optional<LiveRule> equal = equalRuleOfOthers(spec);
    if (equal.isPresent()) {
      return Optional.of(
          Outcome.end(State.REJECTED, Reasons.RULE_EXISTS, Texts.ruleExists(equal.get())));
    }
    ChangePlan change = change();
    List<String> gained = change.gained().toLines();
    if (gained.size() > Texts.MOST_GAINED) {
      return Optional.of(
          Outcome.end(
              State.REJECTED, Reasons.INVALID_REQUEST, Texts.tooMuchToJudge(gained.size())));
    }
    // What cannot be read back could not be compared before the change is made.
    orTooManyRules(() -> Exposure.parse(gained));
    return orTooManyRules(this::allowedByOthers)
        ? Optional.of(
            Outcome.end(
                State.ALREADY_SATISFIED, Reasons.ALREADY_SATISFIED, Texts.openAlready(name())))
        : Optional.empty();
  }

  /** An equal rule that somebody else made, where that is not to be relied on. */
  Optional<LiveRule> equalRuleOfOthers(FirewallChangeSpec spec) {
    List<Rule> wanted = asked.rules();
    return live().stream()
        .filter(rule -> spec.adoption() == Adoption.NEVER && !ownership.answeredForInCluster(rule))
        .filter(rule -> wanted.contains(rule.rule()))
        .findFirst();
  }

  private boolean allowedByOthers() {
    List<Rule> foreign =
        inTheWay()
            .filter(rule -> !ownership.answeredForInCluster(rule))
            .map(LiveRule::rule)
            .toList();
    return Exposure.of(foreign).contains(Exposure.of(asked.rules()));
  }

  /** The rules that have something in common with what is asked for; others change nothing. */
  private Stream<LiveRule> inTheWay() {
    List<Rule> wanted = asked.rules();
    return live().stream().filter(rule -> wanted.stream().anyMatch(rule.rule()::overlaps));
  }

  /** Whoever may add rules to the group decides how many there are. */
  private <T> T orTooManyRules(Supplier<T> work) {
    try {
      return work.get();
    } catch (TooManyRules tooMany) {
      throw new ConnectorFailure.Refused(Texts.tooManyRules(name(), inTheWay().count()));
    }
  }

  /**
   * The plan that people approve.
   *
   * @param grounds what the votes rest on besides the change
   */
  Plan plan(StepContext<FirewallChangeSpec> context, Grounds grounds) {
    PlanDigester digester = digester(context.request().uid());
    Plan plan =
        Planning.latest(
            context.journal(), digester, grounds, undigested(change(), grounds, context.asOf()));
    boolean regrouped =
        context.journal().plan().filter(old -> !digester.madeForThisTarget(old)).isPresent();
    return plan.supersedes() != null && regrouped
        ? plan.with(plan.basis(), regrouped(plan.supersedes()))
        : plan;
  }

  /** A plan that has no digest yet. */
  private Plan undigested(ChangePlan change, Grounds grounds, Instant now) {
    List<Change> changes = changes(change);
    List<Risk> risks = change.findings().stream().map(GroupAssessment::risk).toList();
    return new Plan(
        "",
        "",
        Limit.to(1000, change.summary()),
        changes.stream().map(Change::line).toList(),
        changes,
        change.gained().toLines(),
        change.stillOpen().isEmpty()
            ? null
            : change.stillOpen().stream().map(GroupAssessment::part).toList(),
        risks.stream().map(Risk::line).toList(),
        risks.isEmpty() ? null : risks,
        account.description(),
        connection.identity(),
        grounds.policies(),
        grounds.admission(),
        null,
        null,
        null,
        now);
  }

  private static Risk risk(Finding finding) {
    return new Risk(finding.id(), finding.severity().word(), finding.text());
  }

  private static Plan.StillOpen part(StillOpen open) {
    List<String> lines = open.what().toLines();
    return new Plan.StillOpen(
        open.until(),
        Limit.to(400, open.by()),
        lines.subList(0, Math.min(MOST_LINES, lines.size())));
  }

  private PlanDigester digester(String uid) {
    return new PlanDigester(uid, asked.lines(), group.id());
  }

  private static List<String> orEmpty(@Nullable List<String> lines) {
    return lines == null ? List.of() : lines;
  }

  /** Whether a plan was made for this very group: its name can be given to another one. */
  boolean sameGroup(String uid, Plan plan) {
    return digester(uid).madeForThisTarget(plan);
  }

  private Plan.Superseded regrouped(Plan.Superseded old) {
    Stream<String> first = Stream.of(Texts.anotherGroup(name(), group.id()));
    return new Plan.Superseded(
        old.digest(),
        old.votes(),
        Stream.concat(first, old.differences().stream()).limit(MOST_DIFFERENCES).toList());
  }

  /** Whether this would do nothing that the approved plan does not say, and at the same place. */
  boolean within(Plan approved, Instant now) {
    List<String> gained = orEmpty(approved.gained());
    return account.description().equals(approved.account())
        && connection.identity().equals(approved.connection())
        && orTooManyRules(
            () -> Exposure.parse(gained).contains(change().gained()) && asOpen(approved, now));
  }

  /** Policies may have let it through because others keep a part of it open for so long. */
  private boolean asOpen(Plan approved, Instant now) {
    if (approved.stillOpen() == null) {
      return true;
    }
    ChangePlan change = change();
    return approved.stillOpen().stream()
        .filter(told -> told.until().isAfter(now))
        .allMatch(
            told ->
                change.stillOpen().stream()
                    .filter(open -> !open.until().isBefore(told.until()))
                    .map(StillOpen::what)
                    .reduce(Exposure.NONE, Exposure::plus)
                    .contains(Exposure.parse(told.gained()).and(change.gained())));
  }

  private List<Change> changes(ChangePlan change) {
    return asked.rules().stream()
        .map(rule -> new Change(OpenEffect.VERB, does(change, rule), rule.toString(), name(), null))
        .toList();
  }

  /** What ends earlier is added: its maker removes it, or would, at its own time. */
  private Does does(ChangePlan change, Rule rule) {
    if (!change.alreadyThere().contains(rule)) {
      return Does.ADD;
    }
    return live().stream().anyMatch(r -> r.rule().equals(rule) && ownership.answeredForInCluster(r))
        ? Does.SHARE
        : Does.RELY_ON;
  }

  private ChangePlan change() {
    return orTooManyRules(() -> ChangePlan.plan(name(), asked.wanted(), ownership.besides(live())));
  }

  private String name() {
    return asked.spec().target().securityGroup();
  }
}
