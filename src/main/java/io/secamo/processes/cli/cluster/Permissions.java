package io.secamo.processes.cli.cluster;

import static io.secamo.processes.cli.cluster.Answers.answered;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.secamo.processes.api.Groups;
import io.secamo.processes.api.orchestrator.ApprovalDelegation;
import java.time.Instant;
import java.util.function.Supplier;

/** What a person may do, as the API server says of them. */
public final class Permissions {
  private static final String KIND = "firewallchangerequests";

  private final KubernetesClient client;
  private final Supplier<String> me;

  Permissions(KubernetesClient client, Supplier<String> me) {
    this.client = client;
    this.me = me;
  }

  /** Whether they hold a verb on a gate. */
  public boolean atGate(String verb, String gate, String namespace) {
    return may(verb, Groups.ORCHESTRATOR, "approvalgates", gate, namespace);
  }

  /**
   * Whether somebody lets them vote at a gate in their place now. Who may not read delegations may
   * have one.
   */
  public boolean standsIn(String gate, String namespace, Instant now) {
    try {
      String deputy = me.get();
      return answered(
          () ->
              client
                  .resources(ApprovalDelegation.class)
                  .inNamespace(namespace)
                  .list()
                  .getItems()
                  .stream()
                  .map(ApprovalDelegation::getSpec)
                  .anyMatch(
                      it ->
                          it.gate().equals(gate)
                              && it.to().equals(deputy)
                              && now.isBefore(it.until())));
    } catch (Refusal mayNot) {
      return true;
    }
  }

  /** Whether they may submit requests. */
  public boolean submit(String namespace) {
    return may("create", Groups.PROCESSES, KIND, "", namespace);
  }

  /** Whether they hold a verb on a request: hold, resolve or abandon. */
  public boolean onRequest(String verb, String name, String namespace) {
    return may(verb, Groups.PROCESSES, KIND, name, namespace)
        && !(me.get().startsWith("system:")
            && may("granted-by-wildcard", Groups.PROCESSES, KIND, name, namespace));
  }

  private boolean may(String verb, String group, String resource, String name, String namespace) {
    SelfSubjectAccessReview question =
        new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
            .withNewResourceAttributes()
            .withGroup(group)
            .withResource(resource)
            .withName(name)
            .withNamespace(namespace)
            .withVerb(verb)
            .endResourceAttributes()
            .endSpec()
            .build();
    return answered(
        () -> Boolean.TRUE.equals(client.resource(question).create().getStatus().getAllowed()));
  }
}
