package io.secamo.processes.kubernetes;

import io.secamo.processes.api.KindName;
import io.secamo.processes.approval.ApprovalRules;
import io.secamo.processes.approval.Ballot.Holders;
import io.secamo.processes.approval.Delegation;
import io.secamo.processes.approval.Protection;
import io.secamo.processes.connector.Systems;
import io.secamo.processes.effect.Place;
import io.secamo.processes.engine.procedure.Request;
import io.secamo.processes.kubernetes.connection.KubernetesSystems;
import io.secamo.processes.kubernetes.queue.Targets;
import io.secamo.processes.process.Others;
import io.secamo.processes.process.Policies;
import io.secamo.processes.process.Surroundings;
import io.secamo.processes.window.Calendar;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What a process finds around it, read from the API server. */
public final class KubernetesSurroundings implements Surroundings {
  private final Policies policies;
  private final Others others;
  private final KubernetesSystems.Factory systems;
  private final Targets targets;
  private final String clusterId;

  /**
   * Surroundings of a cluster.
   *
   * @param policies what decides whether a change may be made
   * @param others the other requests
   */
  public KubernetesSurroundings(
      Policies policies,
      Others others,
      KubernetesSystems.Factory systems,
      Targets targets,
      String clusterId) {
    this.policies = policies;
    this.others = others;
    this.systems = systems;
    this.targets = targets;
    this.clusterId = clusterId;
  }

  @Override
  public String clusterId() {
    return clusterId;
  }

  @Override
  public Systems systems(String namespace) {
    return systems.in(namespace);
  }

  @Override
  public ApprovalRules rules(String namespace) {
    return policies.rules(namespace);
  }

  @Override
  public List<Delegation> delegations(String namespace) {
    return policies.delegations(namespace);
  }

  @Override
  public boolean holds(String namespace, Delegation delegation) {
    return policies.holds(namespace, delegation);
  }

  @Override
  public Calendar calendar(String namespace) {
    return policies.calendar(namespace);
  }

  @Override
  public Protection protection(Request<?> request) {
    return policies.protection(request);
  }

  @Override
  public Optional<Map<String, Holders>> holders(String namespace, List<String> gates) {
    return policies.holders(namespace, gates);
  }

  @Override
  public Optional<String> queueFor(String uid, String target) {
    return targets.heldByAnother(uid, target);
  }

  @Override
  public Map<String, List<Needed>> needed(String uid, Place place, Instant now) {
    return others.needed(uid, place, now);
  }

  @Override
  public boolean stillNeeds(Needed other, Place place, String externalId, Instant now) {
    return others.stillNeeds(other, place, externalId, now);
  }

  @Override
  public boolean answeredFor(
      String uid, Place place, String externalId, Predicate<String> maker, Instant now) {
    return others.answeredFor(uid, place, externalId, maker, now);
  }

  @Override
  public Optional<String> aboutToNeed(
      String uid, Place place, UnaryOperator<String> key, Instant now) {
    return others.aboutToNeed(uid, place, key, now);
  }

  @Override
  public Optional<String> aboutToRemove(String uid, Place place, String externalId, Instant now) {
    return others.aboutToRemove(uid, place, externalId, now);
  }

  @Override
  public Optional<Stored> stored(KindName kind, String namespace, String name) {
    return others.stored(kind, namespace, name);
  }

  @Override
  public List<Stored> removers(Request<?> request) {
    return others.removers(request);
  }
}
