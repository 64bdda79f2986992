package io.secamo.processes.kubernetes.approval;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.secamo.processes.api.Groups;
import io.secamo.processes.api.orchestrator.ApprovalDelegation;
import io.secamo.processes.api.orchestrator.ApprovalDelegationSpec;
import io.secamo.processes.api.orchestrator.ApprovalPolicy;
import io.secamo.processes.api.orchestrator.ChangeWindow;
import io.secamo.processes.approval.ApprovalRules;
import io.secamo.processes.approval.Ballot.Holders;
import io.secamo.processes.approval.Delegation;
import io.secamo.processes.approval.Protection;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.engine.procedure.Request;
import io.secamo.processes.kubernetes.admission.Canary;
import io.secamo.processes.kubernetes.kind.RequestKinds;
import io.secamo.processes.kubernetes.reading.Pages;
import io.secamo.processes.kubernetes.reading.SharedReads;
import io.secamo.processes.process.Policies;
import io.secamo.processes.window.Calendar;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Policies, windows, delegations and holders of gates, read from the API server. */
public final class KubernetesPolicies implements Policies {
  /** In this group is whoever could be in any. */
  private static final String EVERYBODY = "system:authenticated";

  /** As long as a delegation lasts at most. */
  private static final Duration LONGEST = Duration.ofDays(31);

  private final KubernetesClient client;
  private final RequestKinds kinds;
  private final Canary canary;
  private final GateHolders gateHolders;
  private final SharedReads<List<? extends CustomResource<?, ?>>> lists = new SharedReads<>();
  private final Map<String, ApprovalRules> rules = new ConcurrentHashMap<>();

  /**
   * Those of a cluster.
   *
   * @param kinds those that rules can name
   */
  public KubernetesPolicies(
      KubernetesClient client, RequestKinds kinds, Canary canary, GateHolders gateHolders) {
    this.client = client;
    this.kinds = kinds;
    this.canary = canary;
    this.gateHolders = gateHolders;
  }

  @Override
  public ApprovalRules rules(String namespace) {
    ApprovalRules read =
        new ApprovalRules(
            read(ApprovalPolicy.class, namespace).stream()
                .map(
                    p ->
                        new ApprovalRules.Policy(
                            p.getMetadata().getName(),
                            p.getMetadata().getUid(),
                            p.getMetadata().getGeneration(),
                            p.getSpec()))
                .toList(),
            kinds.names());
    // The same object while nothing has changed, because it has compiled its conditions.
    return rules.merge(
        namespace, read, (known, now) -> known.revision().equals(now.revision()) ? known : now);
  }

  @Override
  public List<Delegation> delegations(String namespace) {
    return read(ApprovalDelegation.class, namespace).stream()
        // Who took it back has done so, also if something keeps it from being gone.
        .filter(granted -> granted.getMetadata().getDeletionTimestamp() == null)
        .map(KubernetesPolicies::delegation)
        .toList();
  }

  /** One of an earlier version may have been granted for longer than one may be. */
  private static Delegation delegation(ApprovalDelegation granted) {
    ApprovalDelegationSpec spec = granted.getSpec();
    Instant longest = Instant.parse(granted.getMetadata().getCreationTimestamp()).plus(LONGEST);
    return new Delegation(
        spec.gate(),
        spec.by(),
        spec.byGroups() == null ? List.of() : spec.byGroups(),
        spec.to(),
        spec.until().isBefore(longest) ? spec.until() : longest);
  }

  @Override
  public boolean holds(String namespace, Delegation delegation) {
    List<String> groups = new ArrayList<>(delegation.groups());
    if (!groups.contains(EVERYBODY)) {
      groups.add(EVERYBODY);
    }
    SubjectAccessReview question =
        new SubjectAccessReviewBuilder()
            .withNewSpec()
            .withUser(delegation.by())
            .withGroups(groups)
            .withNewResourceAttributes()
            .withGroup(Groups.ORCHESTRATOR)
            .withResource("approvalgates")
            .withNamespace(namespace)
            .withName(delegation.gate())
            .withVerb("approve")
            .endResourceAttributes()
            .endSpec()
            .build();
    try {
      SubjectAccessReview answer = client.resource(question).create();
      return Boolean.TRUE.equals(answer.getStatus().getAllowed());
    } catch (KubernetesClientException e) {
      throw new ConnectorFailure.Transient(
          "whether " + delegation.by() + " may still approve could not be asked", e);
    }
  }

  @Override
  public Calendar calendar(String namespace) {
    return new Calendar(
        read(ChangeWindow.class, namespace).stream()
            .map(w -> new Calendar.Named(w.getMetadata().getName(), w.getSpec()))
            .toList());
  }

  @Override
  public Protection protection(Request<?> request) {
    return canary.check(request.kind(), request.namespace(), request.name());
  }

  @Override
  public Optional<Map<String, Holders>> holders(String namespace, List<String> gates) {
    return gateHolders.at(namespace, gates);
  }

  private <T extends CustomResource<?, ?>> List<T> read(Class<T> kind, String namespace) {
    return lists.read(namespace + "/" + kind.getSimpleName(), () -> list(kind, namespace)).stream()
        .map(kind::cast)
        .toList();
  }

  private <T extends CustomResource<?, ?>> List<T> list(Class<T> kind, String namespace) {
    try {
      return Pages.all(client.resources(kind).inNamespace(namespace));
    } catch (KubernetesClientException e) {
      throw new ConnectorFailure.Transient(
          "the " + HasMetadata.getPlural(kind) + " could not be read", e);
    }
  }
}
