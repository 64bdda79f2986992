package io.secamo.processes.kubernetes.lease;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lease that lets this replica act while the others wait. The framework only ever lets it run
 * out, so that an upgrade stands still for fifteen seconds.
 */
public final class OwnLease {
  private static final Logger LOG = LoggerFactory.getLogger(OwnLease.class);
  private static final String NAME = "process-orchestrator";
  private static final int MOST_ATTEMPTS = 3;

  private final KubernetesClient client;
  private final String namespace;
  private final String identity = UUID.randomUUID().toString();

  /** In a namespace; nothing is asked for yet. */
  public OwnLease(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /**
   * What the framework has to know.
   *
   * @param callbacks told when the lease is got and lost
   */
  public LeaderElectionConfiguration configuration(LeaderCallbacks callbacks) {
    return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(NAME)
        .withLeaseNamespace(namespace)
        .withIdentity(identity)
        // The framework would call System.exit, which never returns in a shutdown hook: an orderly
        // stop would hang.
        .withExitOnStopLeading(false)
        .withLeaderCallbacks(callbacks)
        .build();
  }

  /**
   * Lets another replica begin at once. To be called only when nothing that we began goes on any
   * more. Does nothing if the lease is not ours; if it cannot be given back it runs out.
   */
  public void giveBack() {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      try {
        Lease lease = client.leases().inNamespace(namespace).withName(NAME).get();
        if (lease == null || !identity.equals(lease.getSpec().getHolderIdentity())) {
          return;
        }
        lease.getSpec().setHolderIdentity("");
        lease.getSpec().setLeaseDurationSeconds(1);
        Lease unused = client.resource(lease).update();
        LOG.info("gave the lease back");
        return;
      } catch (KubernetesClientException e) {
        // A renewal that was on its way may have been faster: then we look again.
        LOG.debug("the lease was not given back", e);
      }
    }
    LOG.info("the lease could not be given back: it runs out");
  }
}
