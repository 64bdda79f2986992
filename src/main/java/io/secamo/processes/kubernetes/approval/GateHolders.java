package io.secamo.processes.kubernetes.approval;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.secamo.processes.api.Groups;
import io.secamo.processes.approval.Vote;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether anybody could pass a gate. RBAC has no question for that, so its bindings are read. Other
 * authorizers may know more: this only helps to notice a gate that was forgotten.
 */
public final class GateHolders {
  private static final Logger LOG = LoggerFactory.getLogger(GateHolders.class);

  /** How long what was read is used again: long enough for a burst of votes. */
  private static final Duration KEEP = Duration.ofSeconds(20);

  private final KubernetesClient client;
  private final Clock clock;
  private final Map<String, Bindings> read = new ConcurrentHashMap<>();

  /** Reads the bindings of a cluster. */
  public GateHolders(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /** Why nobody could pass a gate, for people; empty if somebody could, or it cannot be known. */
  public Optional<String> nobodyMayApprove(
      String namespace, String gate, int required, List<String> asking) {
    try {
      List<Subject> people = holders(namespace, gate);
      boolean groups = people.stream().anyMatch(s -> "Group".equals(s.getKind()));
      Set<String> users =
          people.stream()
              .filter(s -> "User".equals(s.getKind()))
              .map(Subject::getName)
              .filter(user -> asking.stream().noneMatch(name -> Vote.samePerson(user, name)))
              .collect(Collectors.toSet());
      if (groups || users.size() >= required) {
        return Optional.empty();
      }
      String who = users.isEmpty() ? "nobody" : "only " + String.join(", ", users);
      return Optional.of(
          who
              + " may approve at gate "
              + gate
              + " in namespace "
              + namespace
              + (users.isEmpty() ? "" : ", and it takes " + required)
              + ": grant the verb approve on approvalgates/"
              + gate);
    } catch (KubernetesClientException e) {
      LOG.debug("who may approve at {} could not be read", gate, e);
      return Optional.empty();
    }
  }

  /** People only: no service accounts, and not the masters whom RBAC does not judge. */
  private List<Subject> holders(String namespace, String gate) {
    Bindings bindings = bindings(namespace);
    return bindings.subjects().entrySet().stream()
        .filter(
            e ->
                bindings.rules().getOrDefault(e.getKey(), List.of()).stream()
                    .anyMatch(rule -> grants(rule, gate)))
        .flatMap(e -> e.getValue().stream())
        .filter(GateHolders::person)
        .toList();
  }

  private static boolean person(Subject subject) {
    return switch (subject.getKind()) {
      case "Group" -> !subject.getName().equals("system:masters");
      case "User" -> !subject.getName().startsWith("system:");
      default -> false;
    };
  }

  /** Rules and subjects of each role that is bound in a namespace, by kind and name of the role. */
  private record Bindings(
      Instant readAt, Map<String, List<PolicyRule>> rules, Map<String, List<Subject>> subjects) {}

  private Bindings bindings(String namespace) {
    Bindings kept = read.get(namespace);
    if (kept != null && clock.instant().isBefore(kept.readAt().plus(KEEP))) {
      return kept;
    }
    Map<String, List<PolicyRule>> rules = new HashMap<>();
    Map<String, List<Subject>> subjects = new HashMap<>();
    var rbac = client.rbac();
    rbac.clusterRoles()
        .list()
        .getItems()
        .forEach(r -> put(rules, "ClusterRole/" + r.getMetadata().getName(), r.getRules()));
    rbac.roles()
        .inNamespace(namespace)
        .list()
        .getItems()
        .forEach(r -> put(rules, "Role/" + r.getMetadata().getName(), r.getRules()));
    rbac.clusterRoleBindings()
        .list()
        .getItems()
        .forEach(b -> add(subjects, b.getRoleRef(), b.getSubjects()));
    rbac.roleBindings()
        .inNamespace(namespace)
        .list()
        .getItems()
        .forEach(b -> add(subjects, b.getRoleRef(), b.getSubjects()));
    Bindings fresh = new Bindings(clock.instant(), rules, subjects);
    read.put(namespace, fresh);
    return fresh;
  }

  /** The API server stores a role without rules, and a binding without subjects, as null. */
  private static void put(
      Map<String, List<PolicyRule>> all, String role, @Nullable List<PolicyRule> rules) {
    all.put(role, rules == null ? List.of() : rules);
  }

  private static void add(
      Map<String, List<Subject>> all, RoleRef ref, @Nullable List<Subject> subjects) {
    all.computeIfAbsent(ref.getKind() + "/" + ref.getName(), k -> new ArrayList<>())
        .addAll(subjects == null ? List.of() : subjects);
  }

  private static boolean grants(PolicyRule rule, String gate) {
    return covers(rule.getVerbs(), "approve")
        && covers(rule.getApiGroups(), Groups.ORCHESTRATOR)
        && covers(rule.getResources(), "approvalgates")
        && (rule.getResourceNames().isEmpty() || rule.getResourceNames().contains(gate));
  }

  private static boolean covers(List<String> listed, String wanted) {
    return listed.contains(wanted) || listed.contains("*");
  }
}
