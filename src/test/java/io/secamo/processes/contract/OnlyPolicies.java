package io.secamo.processes.contract;

import io.secamo.processes.api.KindName;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec.Gate;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec.Rule;
import io.secamo.processes.approval.ApprovalRules;
import io.secamo.processes.approval.Ballot.Holders;
import io.secamo.processes.approval.Delegation;
import io.secamo.processes.approval.Protection;
import io.secamo.processes.connector.Systems;
import io.secamo.processes.effect.Place;
import io.secamo.processes.engine.procedure.Request;
import io.secamo.processes.process.Surroundings;
import io.secamo.processes.window.Calendar;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A cluster in which a policy asks for two gates, and in which there is nothing else. */
final class OnlyPolicies implements Surroundings {
  private static final String KIND = "LoanRequest";
  private static final Rule RULE =
      new Rule(
          "loans", null, List.of(gate("owner"), gate("security")), null, null, null, List.of(KIND));

  private static Gate gate(String name) {
    return new Gate(name, 1, null, null, null);
  }

  @Override
  public String clusterId() {
    return "cluster";
  }

  @Override
  public ApprovalRules rules(String namespace) {
    ApprovalPolicySpec spec = new ApprovalPolicySpec(List.of(RULE), null, null, null);
    return new ApprovalRules(
        List.of(new ApprovalRules.Policy("loans", "uid-loans", 1, spec)), Set.of(KIND));
  }

  @Override
  public Protection protection(Request<?> request) {
    return new Protection(Optional.empty(), "epoch");
  }

  @Override
  public Systems systems(String namespace) {
    throw new UnsupportedOperationException("loans need no Connection");
  }

  @Override
  public List<Delegation> delegations(String namespace) {
    return List.of();
  }

  @Override
  public boolean holds(String namespace, Delegation delegation) {
    return false;
  }

  @Override
  public Calendar calendar(String namespace) {
    return new Calendar(List.of());
  }

  @Override
  public Optional<Map<String, Holders>> holders(String namespace, List<String> gates) {
    return Optional.empty();
  }

  @Override
  public Optional<String> queueFor(String uid, String target) {
    return Optional.empty();
  }

  @Override
  public Map<String, List<Needed>> needed(String uid, Place place, Instant now) {
    return Map.of();
  }

  @Override
  public boolean stillNeeds(Needed other, Place place, String externalId, Instant now) {
    return false;
  }

  @Override
  public boolean answeredFor(
      String uid, Place place, String externalId, Predicate<String> maker, Instant now) {
    return false;
  }

  @Override
  public Optional<String> aboutToNeed(
      String uid, Place place, UnaryOperator<String> key, Instant now) {
    return Optional.empty();
  }

  @Override
  public Optional<String> aboutToRemove(String uid, Place place, String externalId, Instant now) {
    return Optional.empty();
  }

  @Override
  public Optional<Stored> stored(KindName kind, String namespace, String name) {
    return Optional.empty();
  }

  @Override
  public List<Stored> removers(Request<?> request) {
    return List.of();
  }
}
