package io.secamo.processes.process.firewallchange.removing;

import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.api.plan.Change;
import io.secamo.processes.api.plan.Change.Does;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.FirewallProvider.Group;
import io.secamo.processes.connector.FirewallProvider.LiveRule;
import io.secamo.processes.connector.Systems;
import io.secamo.processes.effect.Place;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.engine.procedure.Request;
import io.secamo.processes.engine.procedure.StepContext;
import io.secamo.processes.evidence.Chain.Happening;
import io.secamo.processes.firewall.Rule;
import io.secamo.processes.firewall.change.RemovalPlan;
import io.secamo.processes.firewall.change.RemovalPlan.AskedRule;
import io.secamo.processes.process.Grounds;
import io.secamo.processes.process.Others.Needed;
import io.secamo.processes.process.PlanDigester;
import io.secamo.processes.process.Planning;
import io.secamo.processes.process.Surroundings;
import io.secamo.processes.process.firewallchange.requested.RequestedChange;
import io.secamo.processes.process.opening.OpenEffect;
import io.secamo.processes.text.Limit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The steps of a request by which people ask that what an earlier one opened for good be removed.
 * It changes nothing itself: it is planned and approved, and then the earlier one, whose effects
 * they are, undoes them as it would at an end of its own.
 */
public final class RemovalSteps {
  /** Both are told of each other; this is for what was missed. */
  private static final Duration AGAIN = Duration.ofMinutes(1);

  /** As many as the status holds. */
  private static final int MOST_LOST = 1000;

  private static final int MOST_LETTERS = 400;

  private final Surroundings around;

  /** Finds the other requests, and where they made something, in the surroundings. */
  public RemovalSteps(Surroundings around) {
    this.around = around;
  }

  /**
   * The group in which it was made, as it is.
   *
   * @param account whose it is
   * @param connection which Connection leads there
   */
  private record Sight(Group group, Account account, String connection) {}

  /** How the request ends, or what it waits for, if there is nothing that it may have removed. */
  public Optional<Outcome> obstacle(StepContext<FirewallChangeSpec> context) {
    return obstacle(context, Earlier.of(context, around));
  }

  private static Optional<Outcome> obstacle(StepContext<FirewallChangeSpec> context, Earlier it) {
    Request<FirewallChangeSpec> request = it.request();
    if (it.uid().equals(context.request().uid())) {
      return impossible(RemovalTexts.itself(it.name()));
    }
    if (request == null) {
      return impossible(RemovalTexts.none(context.request(), it.name()));
    }
    if (it.state() == State.REMOVED) {
      String text = RemovalTexts.removedBefore(it);
      return Optional.of(Outcome.end(State.ALREADY_SATISFIED, Reasons.ALREADY_SATISFIED, text));
    }
    if (it.beingRemoved()) {
      return Optional.of(waitWhileRemoved(context, it));
    }
    if (it.state() != State.COMPLETED) {
      return impossible(RemovalTexts.notLasting(request, it.state()));
    }
    if (!it.stands()) {
      return impossible(RemovalTexts.madeNothing(it.name()));
    }
    return sameChange(context.spec(), request.spec())
        ? Optional.empty()
        : impossible(RemovalTexts.another(request));
  }

  private static Optional<Outcome> impossible(String text) {
    return Optional.of(Outcome.end(State.REJECTED, Reasons.INVALID_REQUEST, text));
  }

  /** Who approves reads in this request what goes: it must not say something else. */
  private static boolean sameChange(FirewallChangeSpec spec, FirewallChangeSpec other) {
    return spec.connection().equals(other.connection())
        && spec.target().equals(other.target())
        && RequestedChange.of(spec).rules().equals(RequestedChange.of(other).rules());
  }

  /** The plan that people approve. */
  public Plan plan(StepContext<FirewallChangeSpec> context, Grounds grounds) {
    Earlier it = Earlier.of(context, around);
    Place place =
        it.place().orElseThrow(() -> new ConnectorFailure.Refused(RemovalTexts.nowhere(it.name())));
    Sight seen = see(context, it, place);
    PlanDigester digester =
        new PlanDigester(
            context.request().uid(), RequestedChange.of(context.spec()).lines(), seen.group().id());
    return Planning.latest(
        context.journal(),
        digester,
        grounds,
        undigested(context, it, seen, change(context, it, place, seen), grounds));
  }

  /** The group in which it was made, by its id: its name may be another one's by now. */
  private Sight see(StepContext<FirewallChangeSpec> context, Earlier it, Place place) {
    Systems systems = around.systems(context.request().namespace());
    FirewallProvider firewall = systems.firewall(context.spec().connection());
    String id = place.target();
    Group group =
        id.isEmpty()
            ? firewall.observe(context.spec().target().securityGroup())
            : firewall.group(id).orElse(new Group(id, List.of()));
    // After the look, which may have signed in anew.
    Account account = firewall.account();
    String leadsTo = systems.facts(context.spec().connection()).identity();
    if (!Place.leadsToTheSame(place.connection(), leadsTo) || !account.is(place.account())) {
      throw new ConnectorFailure.Refused(
          RemovalTexts.elsewhere(it.name(), place, leadsTo + ", " + account.description()));
    }
    return new Sight(group, account, leadsTo);
  }

  private RemovalPlan change(
      StepContext<FirewallChangeSpec> context, Earlier it, Place place, Sight seen) {
    Map<String, List<Needed>> needed = around.needed(it.uid(), place, context.asOf());
    Set<String> there = seen.group().rules().stream().map(LiveRule::id).collect(Collectors.toSet());
    List<AskedRule> asked = new ArrayList<>();
    Set<String> going = new HashSet<>();
    for (Rule rule : RequestedChange.of(context.spec()).rules()) {
      Optional<String> made = it.made(around.clusterId(), rule);
      AskedRule one =
          new AskedRule(rule, made.map(id -> stays(id, there, needed)).orElse(RemovalTexts.BEFORE));
      made.filter(id -> one.goes()).ifPresent(going::add);
      asked.add(one);
    }
    List<Rule> others =
        seen.group().rules().stream()
            .filter(live -> !going.contains(live.id()))
            .map(LiveRule::rule)
            .toList();
    return RemovalPlan.plan(context.spec().target().securityGroup(), it.name(), asked, others);
  }

  private static String stays(String id, Set<String> there, Map<String, List<Needed>> needed) {
    if (!there.contains(id)) {
      return RemovalTexts.GONE;
    }
    return Needed.longest(needed.getOrDefault(id, List.of()).stream())
        .map(RemovalTexts::neededBy)
        .orElse("");
  }

  private Plan undigested(
      StepContext<FirewallChangeSpec> context,
      Earlier it,
      Sight seen,
      RemovalPlan change,
      Grounds grounds) {
    List<String> lost = change.lost().toLines();
    String group = context.spec().target().securityGroup();
    List<Change> changes = change.asked().stream().map(one -> change(one, group)).toList();
    return new Plan(
        "",
        "",
        Limit.to(1000, change.summary()),
        changes.stream().map(Change::line).toList(),
        changes,
        null,
        null,
        null,
        null,
        seen.account().description(),
        seen.connection(),
        grounds.policies(),
        grounds.admission(),
        null,
        null,
        new Plan.Removes(it.name(), it.uid(), lost.subList(0, Math.min(MOST_LOST, lost.size()))),
        context.asOf());
  }

  private static Change change(AskedRule one, String group) {
    String rule = one.rule().toString();
    if (one.goes()) {
      return new Change(OpenEffect.VERB, Does.REMOVE, rule, group, null);
    }
    // So that the line fits: what is data and what people read are the same.
    int room =
        MOST_LETTERS - new Change(OpenEffect.VERB, Does.LEAVE, rule, group, "").line().length();
    return new Change(OpenEffect.VERB, Does.LEAVE, rule, group, Limit.to(room, one.stays()));
  }

  /** Whether a plan made now would say the same. */
  public boolean stillSo(StepContext<FirewallChangeSpec> context, Plan plan, Grounds grounds) {
    return obstacle(context).isEmpty() && plan(context, grounds).sha256().equals(plan.sha256());
  }

  /** Whether it is decided, or done, that the one whose removal was planned is removed. */
  public boolean removalDecided(StepContext<FirewallChangeSpec> context) {
    Earlier it = Earlier.of(context, around);
    return context
        .journal()
        .plan()
        .map(Plan::removes)
        .filter(planned -> planned.uid().equals(it.uid()))
        .filter(planned -> it.beingRemoved() || it.state() == State.REMOVED)
        .isPresent();
  }

  /**
   * Asks the other request to remove what it opened. Done once that is decided there: from then on
   * it goes on also if this one is withdrawn.
   *
   * @param grounds what votes on a plan that is made now rest on
   */
  public Outcome askForRemoval(StepContext<FirewallChangeSpec> context, Grounds grounds) {
    if (removalDecided(context)) {
      return Outcome.done();
    }
    Earlier it = Earlier.of(context, around);
    if (!stillSo(context, context.journal().plan().orElseThrow(), grounds)) {
      return Outcome.jumpTo(Planning.STEP, "what it would take away is not what was approved");
    }
    context.effects().requireStillWanted();
    return orderRemoval(context, it);
  }

  /**
   * The order itself: the other request reads in this state, and in whom this one waits for, that
   * it is to remove what it made.
   */
  private static Outcome orderRemoval(StepContext<FirewallChangeSpec> context, Earlier it) {
    return waitFor(context, it, State.APPLYING);
  }

  private static Outcome waitWhileRemoved(StepContext<FirewallChangeSpec> context, Earlier it) {
    return waitFor(context, it, State.RUNNING);
  }

  private static Outcome waitFor(StepContext<FirewallChangeSpec> context, Earlier it, State state) {
    return new Outcome.Wait(
        state,
        Reasons.PROGRESSING,
        ApprovedRemovals.waitingForTheRemovalOf(it.name()),
        RemovalTexts.waits(it),
        null,
        context.asOf().plus(AGAIN));
  }

  /** Waits until the other request has seen that it is gone. */
  public Outcome verify(StepContext<FirewallChangeSpec> context) {
    Earlier it = Earlier.of(context, around);
    if (it.state() == State.REMOVED) {
      context
          .journal()
          .recordEvidence(Happening.of("Verified", RemovalTexts.ended(it)), context.now());
      return Outcome.done();
    }
    return it.beingRemoved() && !it.state().terminal()
        ? waitWhileRemoved(context, it)
        : Outcome.attention(Reasons.VERIFICATION_FAILED, RemovalTexts.unknown(it));
  }

  /** How it ends once it was reviewed, if it had to be. */
  public Outcome endOnceReviewed(StepContext<FirewallChangeSpec> context, Outcome review) {
    Earlier it = Earlier.of(context, around);
    return switch (review) {
      case Outcome.Done done ->
          Outcome.end(State.COMPLETED, Reasons.COMPLETED, RemovalTexts.ended(it));
      // It cannot be taken back: opening it again is another change, with another approval.
      case Outcome.End no ->
          Outcome.end(
              State.REJECTED, no.reason(), no.message() + RemovalTexts.staysRemoved(it.name()));
      default -> review;
    };
  }
}
