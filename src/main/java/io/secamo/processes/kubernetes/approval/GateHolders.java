package io.secamo.processes.kubernetes.approval;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.secamo.processes.approval.Ballot.Holders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may vote at gates. RBAC has no question for that, so its bindings are read. Other authorizers
 * may know more: this only helps to notice a gate that was forgotten.
 */
public final class GateHolders {
  private static final Logger LOG = LoggerFactory.getLogger(GateHolders.class);

  /** How long what was read is used again: long enough for a burst of votes. */
  private static final Duration KEEP = Duration.ofSeconds(20);

  /** In place of a namespace: what is bound in all of them. */
  private static final String EVERYWHERE = "";

  private final KubernetesClient client;
  private final Clock clock;
  private final Consumer<String> changed;
  private final Map<String, Kept> read = new ConcurrentHashMap<>();

  /**
   * What was read.
   *
   * @param news whether it was not as before
   */
  private record Kept(Instant at, Bindings bindings, boolean news) {}

  /**
   * Reads the bindings of a cluster.
   *
   * @param changed told the namespace when what is read there is not what was read before; empty
   *     for all of them
   */
  public GateHolders(KubernetesClient client, Clock clock, Consumer<String> changed) {
    this.client = client;
    this.clock = clock;
    this.changed = changed;
  }

  /** Who may vote at gates of a namespace, by gate; empty if it cannot be known. */
  public Optional<Map<String, Holders>> at(String namespace, List<String> gates) {
    try {
      Bindings bindings = kept(EVERYWHERE).and(kept(namespace));
      Map<String, Holders> holders = new HashMap<>();
      gates.forEach(gate -> holders.put(gate, bindings.at(gate)));
      return Optional.of(holders);
    } catch (KubernetesClientException e) {
      LOG.debug("who may approve at {} could not be read", gates, e);
      return Optional.empty();
    }
  }

  /** Reads again who may vote in some namespaces, if there are any. */
  public void readAgain(Set<String> namespaces) {
    if (!namespaces.isEmpty()) {
      fresh(EVERYWHERE);
      namespaces.forEach(this::fresh);
    }
  }

  private Bindings kept(String namespace) {
    Kept kept = read.get(namespace);
    return kept != null && clock.instant().isBefore(kept.at().plus(KEEP))
        ? kept.bindings()
        : fresh(namespace);
  }

  /**
   * Whoever was told what was read before has to be told, and once more with the next reading: who
   * is just being told what was before does not wait yet.
   */
  private Bindings fresh(String namespace) {
    Instant now = clock.instant();
    Bindings fresh = namespace.equals(EVERYWHERE) ? everywhere() : in(namespace);
    Kept before = read.get(namespace);
    boolean news = before != null && !before.bindings().equals(fresh);
    read.put(namespace, new Kept(now, fresh, news));
    if (news || (before != null && before.news())) {
      changed.accept(namespace);
    }
    return fresh;
  }

  private Bindings everywhere() {
    Bindings bindings = new Bindings();
    var rbac = client.rbac();
    rbac.clusterRoles()
        .list()
        .getItems()
        .forEach(role -> bindings.role("ClusterRole", name(role), role.getRules()));
    rbac.clusterRoleBindings()
        .list()
        .getItems()
        .forEach(binding -> bindings.binding(binding.getRoleRef(), binding.getSubjects()));
    return bindings;
  }

  private Bindings in(String namespace) {
    Bindings bindings = new Bindings();
    var rbac = client.rbac();
    rbac.roles()
        .inNamespace(namespace)
        .list()
        .getItems()
        .forEach(role -> bindings.role("Role", name(role), role.getRules()));
    rbac.roleBindings()
        .inNamespace(namespace)
        .list()
        .getItems()
        .forEach(binding -> bindings.binding(binding.getRoleRef(), binding.getSubjects()));
    return bindings;
  }

  private static String name(HasMetadata role) {
    return role.getMetadata().getName();
  }
}
