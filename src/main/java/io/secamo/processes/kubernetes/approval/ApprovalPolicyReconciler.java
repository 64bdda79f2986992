package io.secamo.processes.kubernetes.approval;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.secamo.processes.api.Condition;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.orchestrator.ApprovalPolicy;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec;
import io.secamo.processes.api.orchestrator.ApprovalPolicyStatus;
import io.secamo.processes.approval.ApprovalRules;
import io.secamo.processes.kubernetes.queue.Turns;
import io.secamo.processes.text.Limit;
import io.secamo.processes.text.Plain;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Says in the status of a policy whether its rules can be understood, and if not, which and why.
 */
public final class ApprovalPolicyReconciler implements Reconciler<ApprovalPolicy> {
  private static final int LONGEST = 1000;
  private static final int LONGEST_GATES = 300;
  private static final int COMPILED_AT_A_TIME = 4;

  private final KubernetesClient client;
  private final EventSource<?, ApprovalPolicy> changes;
  private final Set<String> kinds;
  private final Clock clock;
  private final Turns turns = Turns.ofStatuses();

  /** To understand one takes a processor for a while, and somebody may write hundreds. */
  private final Turns compiling = new Turns(COMPILED_AT_A_TIME, 1);

  /**
   * Writes to the status of policies.
   *
   * @param changes tells those who depend on them
   * @param kinds those that rules can name
   */
  public ApprovalPolicyReconciler(
      KubernetesClient client,
      EventSource<?, ApprovalPolicy> changes,
      Set<String> kinds,
      Clock clock) {
    this.client = client;
    this.kinds = Set.copyOf(kinds);
    this.changes = changes;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, ApprovalPolicy>> prepareEventSources(
      EventSourceContext<ApprovalPolicy> context) {
    return List.of(changes);
  }

  @Override
  public UpdateControl<ApprovalPolicy> reconcile(
      ApprovalPolicy policy, Context<ApprovalPolicy> context) {
    Turns.Turn turn = turns.waitInOrder(policy.getMetadata().getNamespace());
    try {
      look(policy);
      return UpdateControl.noUpdate();
    } finally {
      turn.close();
    }
  }

  private void look(ApprovalPolicy policy) {
    Optional<String> problem = problem(policy);
    int rules = policy.getSpec().rules().size();
    String message =
        problem
            .map(text -> "nothing is approved until this is mended: " + text)
            .orElse(rules == 1 ? "1 rule compiled" : rules + " rules compiled");
    store(
        policy,
        problem.isEmpty() ? "True" : "False",
        problem.isEmpty() ? "Ready" : Reasons.POLICY_BROKEN,
        Limit.first(LONGEST, Plain.shown(message)));
  }

  private Optional<String> problem(ApprovalPolicy policy) {
    Turns.Turn turn = compiling.waitInOrder(policy.getMetadata().getNamespace());
    try {
      return ApprovalRules.problem(policy.getSpec(), kinds);
    } finally {
      turn.close();
    }
  }

  /** A column of kubectl shows the first match of a path only, so that they are joined here. */
  static String gates(ApprovalPolicySpec spec) {
    String names =
        spec.rules().stream()
            .flatMap(rule -> Stream.ofNullable(rule.gates()).flatMap(List::stream))
            .map(ApprovalPolicySpec.Gate::name)
            .distinct()
            .collect(joining(", "));
    return names.isEmpty() ? "none" : Limit.to(LONGEST_GATES, names);
  }

  private void store(ApprovalPolicy policy, String ready, String reason, String message) {
    Long generation = policy.getMetadata().getGeneration();
    Optional<Condition> old =
        Optional.ofNullable(policy.getStatus())
            .map(ApprovalPolicyStatus::conditions)
            .flatMap(all -> all.stream().filter(c -> c.type().equals("Ready")).findFirst());
    Instant since =
        old.filter(c -> c.status().equals(ready))
            .map(Condition::lastTransitionTime)
            .orElse(clock.instant().truncatedTo(ChronoUnit.SECONDS));
    ApprovalPolicyStatus status =
        new ApprovalPolicyStatus(
            generation,
            gates(policy.getSpec()),
            List.of(new Condition("Ready", ready, reason, message, since, generation)));
    if (status.equals(policy.getStatus())) {
      return;
    }
    JsonNode tree = client.getKubernetesSerialization().convertValue(status, JsonNode.class);
    ObjectNode patch = ((ObjectNode) tree).objectNode();
    patch.set("status", tree);
    client
        .resources(ApprovalPolicy.class)
        .inNamespace(policy.getMetadata().getNamespace())
        .withName(policy.getMetadata().getName())
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), patch.toString());
  }
}
