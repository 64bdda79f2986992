package io.secamo.processes.kubernetes;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.secamo.processes.api.orchestrator.ApprovalPolicy;
import io.secamo.processes.api.orchestrator.ChangeWindow;
import io.secamo.processes.api.orchestrator.Connection;
import io.secamo.processes.kubernetes.admission.Identity;
import io.secamo.processes.kubernetes.health.CannotStart;
import io.secamo.processes.kubernetes.kind.RequestKinds;
import io.secamo.processes.text.Limit;
import io.secamo.processes.text.Plain;
import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What must be true before the operator can start, each said in a sentence that helps. */
final class Preflight {
  private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);
  private static final Duration SOON = Duration.ofSeconds(3);

  /** As much of somebody else's words as a line has room for. */
  private static final int REASON = 200;

  private static final String INSTALL = "kubectl apply --server-side -k manifests/";

  private Preflight() {}

  /**
   * Checks that the API server answers and serves our kinds to us.
   *
   * @throws CannotStart that says what to do
   */
  static void check(KubernetesClient client, RequestKinds kinds) {
    Thread waiting =
        Thread.ofPlatform().daemon().name("preflight").start(() -> tellThatItWaits(client));
    try {
      kinds.all().forEach(kind -> served(client, kind.type()));
    } finally {
      waiting.interrupt();
    }
  }

  /** Whoever starts it by hand must not think that it hangs. */
  private static void tellThatItWaits(KubernetesClient client) {
    try {
      while (true) {
        Thread.sleep(SOON);
        LOG.warn("waiting for the API server at {} to answer", client.getMasterUrl());
      }
    } catch (InterruptedException answered) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The kinds that cannot be listed now and only configure requests: without watching them what is
   * due is removed all the same, by what is read of one object.
   */
  static List<String> unlisted(KubernetesClient client) {
    return Stream.of(Connection.class, ApprovalPolicy.class, ChangeWindow.class)
        .filter(kind -> !listed(client, kind))
        .map(Class::getSimpleName)
        .toList();
  }

  private static boolean listed(
      KubernetesClient client, Class<? extends CustomResource<?, ?>> kind) {
    try {
      served(client, kind);
      return true;
    } catch (IllegalStateException problem) {
      LOG.error(
          "{}. What is due is removed all the same; but no change of a {} is noticed",
          problem.getMessage(),
          kind.getSimpleName());
      return false;
    }
  }

  private static void served(KubernetesClient client, Class<? extends CustomResource<?, ?>> kind) {
    try {
      client.resources(kind).inAnyNamespace().list(new ListOptionsBuilder().withLimit(1L).build());
    } catch (KubernetesClientException e) {
      String what =
          switch (e.getCode()) {
            case 404 -> "the cluster does not know " + kind.getSimpleName() + ": " + INSTALL;
            case 401 -> "the cluster does not accept the operator's credentials: see KUBECONFIG";
            case 403 ->
                "the operator, which runs as "
                    + name(client)
                    + ", may not list every "
                    + kind.getSimpleName()
                    + ": run it as the one of manifests/, or, if it is that one, "
                    + INSTALL;
            default ->
                "the API server at "
                    + client.getMasterUrl()
                    + " does not answer ("
                    + reason(e)
                    + "): KUBECONFIG says which cluster to use";
          };
      throw CannotStart.here(what);
    }
  }

  private static String name(KubernetesClient client) {
    try {
      return Identity.of(client).name();
    } catch (KubernetesClientException unknown) {
      return "somebody unknown";
    }
  }

  /** What Java does not say in words is said in ours. */
  private static String reason(Throwable broken) {
    String words = "no answer";
    for (Throwable at = broken; at != null; at = at.getCause()) {
      if (at instanceof UnresolvedAddressException) {
        return "its host name is unknown";
      }
      if (at instanceof ConnectException) {
        words = "connection refused";
      } else if (at.getCause() == null && at.getMessage() != null) {
        words = at.getMessage();
      }
    }
    return Limit.to(REASON, Plain.shown(words));
  }

  /**
   * Checks that the namespaces that were named are there.
   *
   * @throws CannotStart if the one of the lease is not: this replica would wait for ever
   */
  static void namespaces(KubernetesClient client, Settings settings) {
    String lease = settings.leaderElection();
    if (!lease.isEmpty() && missing(client, lease)) {
      throw CannotStart.likeThis(
          "LEADER_ELECTION names namespace "
              + lease
              + ", which is not there: create it, or"
              + " name the one this runs in");
    }
    if (!lease.isEmpty() && !mayKeepALease(client, lease)) {
      throw CannotStart.likeThis(
          "LEADER_ELECTION names namespace "
              + lease
              + ", where the operator may not keep a lease: name the one this runs in");
    }
    // Only told: what the others still have to remove must not wait for a namespace that is gone.
    settings.namespaces().stream()
        .filter(name -> missing(client, name))
        .forEach(
            name ->
                LOG.warn("NAMESPACES names {}, which is not there: nothing is done there", name));
  }

  private static boolean missing(KubernetesClient client, String namespace) {
    try {
      return client.namespaces().withName(namespace).get() == null;
    } catch (KubernetesClientException unknown) {
      LOG.warn("whether there is a namespace {} could not be found out", namespace, unknown);
      return false;
    }
  }

  /** The uid of namespace kube-system: it stays the same for the life of a cluster. */
  static String clusterId(KubernetesClient client) {
    Namespace system = client.namespaces().withName("kube-system").get();
    if (system == null) {
      throw new IllegalStateException(
          "namespace kube-system could not be read, which identifies the cluster: " + INSTALL);
    }
    return system.getMetadata().getUid();
  }

  private static boolean mayKeepALease(KubernetesClient client, String namespace) {
    SelfSubjectAccessReview review =
        client
            .resource(
                new SelfSubjectAccessReviewBuilder()
                    .withNewSpec()
                    .withNewResourceAttributes()
                    .withGroup("coordination.k8s.io")
                    .withResource("leases")
                    .withVerb("create")
                    .withNamespace(namespace)
                    .endResourceAttributes()
                    .endSpec()
                    .build())
            .create();
    return review.getStatus() == null || review.getStatus().getAllowed();
  }
}
