package io.secamo.processes.process;

import io.secamo.processes.api.ProcessStatus.RequestedBy;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.approval.Ballot;
import io.secamo.processes.approval.Delegation;
import io.secamo.processes.approval.Inputs;
import io.secamo.processes.approval.PlanDigest;
import io.secamo.processes.approval.PlanDigest.Part;
import io.secamo.processes.approval.PlanFacts;
import io.secamo.processes.approval.Protection;
import io.secamo.processes.approval.Vote;
import io.secamo.processes.connector.ConnectionFacts;
import io.secamo.processes.engine.procedure.StepContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Reads all that decides whether a plan may be carried out, in one look.
 *
 * @param <S> spec of the process kind
 */
public final class InputsReader<S> {
  private static final int MOST_OF_A_GIVER = 5;

  private final Surroundings around;
  private final BiFunction<StepContext<S>, Plan, PlanFacts> facts;
  private final Function<StepContext<S>, ConnectionFacts> connection;

  /**
   * Reads for a process kind.
   *
   * @param facts what rules may ask about of a plan
   * @param connection where the change is made
   */
  public InputsReader(
      Surroundings around,
      BiFunction<StepContext<S>, Plan, PlanFacts> facts,
      Function<StepContext<S>, ConnectionFacts> connection) {
    this.around = around;
    this.facts = facts;
    this.connection = connection;
  }

  Inputs read(StepContext<S> context, Plan plan, Protection protection) {
    String namespace = context.request().namespace();
    return new Inputs(
        plan,
        facts.apply(context, plan),
        settings(connection.apply(context)),
        around.rules(namespace),
        Optional.ofNullable(context.request().requester()).map(RequestedBy::seen).orElse(false),
        context.request().askedBy(),
        context.request().annotations(),
        delegations(context, plan),
        protection,
        context.asOf());
  }

  /** The votes that count, where nothing else is asked: when what is live is reviewed. */
  List<Vote> votes(StepContext<S> context, Plan plan) {
    return Ballot.counting(
        Vote.read(context.request().annotations(), plan.digest()),
        delegations(context, plan),
        context.request().askedBy(),
        context.asOf());
  }

  /**
   * Those that a vote needs, and whose giver may still approve there: who has lost that right has
   * none to lend. One of each giver is enough; however many there are, only the last ones are
   * tried, because each try is a call.
   */
  private List<Delegation> delegations(StepContext<S> context, Plan plan) {
    String namespace = context.request().namespace();
    List<Vote> deputies =
        Vote.read(context.request().annotations(), plan.digest()).stream()
            .filter(Vote::deputy)
            .toList();
    if (deputies.isEmpty()) {
      return List.of();
    }
    Map<List<String>, List<Delegation>> byGiver = new LinkedHashMap<>();
    around.delegations(namespace).stream()
        .filter(d -> deputies.stream().anyMatch(vote -> d.covers(vote, context.asOf())))
        .sorted(Comparator.comparing(Delegation::until).reversed())
        .forEach(
            d ->
                byGiver
                    .computeIfAbsent(List.of(d.gate(), d.by(), d.to()), key -> new ArrayList<>())
                    .add(d));
    return byGiver.values().stream()
        .flatMap(
            given ->
                given.stream()
                    .limit(MOST_OF_A_GIVER)
                    .filter(d -> around.holds(namespace, d))
                    .limit(1))
        .toList();
  }

  private static String settings(ConnectionFacts connection) {
    List<String> labels = new ArrayList<>();
    new TreeMap<>(connection.labels()).forEach((key, value) -> labels.addAll(List.of(key, value)));
    Part spec = new Part("spec", List.of(connection.settings()));
    Part identity = new Part("uid", List.of(connection.uid()));
    return PlanDigest.of(List.of(identity, spec, new Part("labels", labels))).shortForm();
  }
}
