package io.secamo.processes.kubernetes.approval;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.secamo.processes.api.Groups;
import io.secamo.processes.approval.Ballot.Holders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who holds which verbs at gates, by RBAC: the rules and the holders of each role, by kind and name
 * of the role.
 *
 * @param rules those about gates
 */
record Bindings(Map<String, List<PolicyRule>> rules, Map<String, Set<Holder>> holders) {
  private static final String GATES = "approvalgates";
  private static final String ALL = "*";

  Bindings() {
    this(new HashMap<>(), new HashMap<>());
  }

  /** Adds a role. The API server stores one without rules as null. */
  void role(String kind, String name, @Nullable List<PolicyRule> granted) {
    List<PolicyRule> ofGates =
        granted == null
            ? List.of()
            : granted.stream()
                .filter(
                    rule ->
                        covers(rule.getApiGroups(), Groups.ORCHESTRATOR)
                            && covers(rule.getResources(), GATES))
                .toList();
    if (!ofGates.isEmpty()) {
      rules.put(kind + "/" + name, ofGates);
    }
  }

  /** Adds a binding. The API server stores one without subjects as null. */
  void binding(RoleRef ref, @Nullable List<Subject> subjects) {
    Set<Holder> all =
        holders.computeIfAbsent(ref.getKind() + "/" + ref.getName(), role -> new HashSet<>());
    if (subjects != null) {
      subjects.forEach(subject -> all.add(Holder.of(subject)));
    }
  }

  /** With what is bound in one namespace as well. */
  Bindings and(Bindings more) {
    Bindings both = new Bindings(new HashMap<>(rules), new HashMap<>(holders));
    both.rules.putAll(more.rules);
    more.holders.forEach(
        (role, some) ->
            both.holders.merge(
                role,
                some,
                (here, there) -> {
                  Set<Holder> all = new HashSet<>(here);
                  all.addAll(there);
                  return all;
                }));
    return both;
  }

  /**
   * Who may vote at a gate, as admission judges it: people, and machines that are trusted with it
   * by name.
   */
  Holders at(String gate) {
    Set<Holder> approve = granted("approve", gate);
    Set<Holder> automated = granted("approve-automated", gate);
    Set<Holder> almighty = granted("granted-by-wildcard", gate);
    Set<Holder> all = new HashSet<>(approve);
    all.addAll(automated);
    Set<String> names = new TreeSet<>();
    boolean others = false;
    for (Holder holder : all) {
      boolean trusted =
          !holder.machine() || (holder.isAmong(automated) && !holder.isAmong(almighty));
      if (trusted && holder.isAmong(approve) && !holder.master()) {
        if (holder.group()) {
          others = true;
        } else {
          names.add(holder.name());
        }
      }
    }
    return new Holders(names, others);
  }

  private Set<Holder> granted(String verb, String gate) {
    Set<Holder> granted = new HashSet<>();
    rules.forEach(
        (role, of) -> {
          if (of.stream().anyMatch(rule -> grants(rule, verb, gate))) {
            granted.addAll(holders.getOrDefault(role, Set.of()));
          }
        });
    return granted;
  }

  private static boolean grants(PolicyRule rule, String verb, String gate) {
    return covers(rule.getVerbs(), verb)
        && (rule.getResourceNames().isEmpty() || rule.getResourceNames().contains(gate));
  }

  private static boolean covers(List<String> listed, String wanted) {
    return listed.contains(wanted) || listed.contains(ALL);
  }

  /** A user or a group. */
  record Holder(boolean group, String name) {
    private static final String ACCOUNT = "system:serviceaccount:";
    private static final String ACCOUNTS = "system:serviceaccounts";

    static Holder of(Subject subject) {
      return subject.getKind().equals("ServiceAccount")
          ? new Holder(false, ACCOUNT + subject.getNamespace() + ":" + subject.getName())
          : new Holder(subject.getKind().equals("Group"), subject.getName());
    }

    /** RBAC does not judge them. */
    private boolean master() {
      return group && name.equals("system:masters");
    }

    private boolean machine() {
      return group
          ? name.equals(ACCOUNTS) || name.startsWith(ACCOUNTS + ":") || name.equals("system:nodes")
          : name.startsWith("system:");
    }

    /** Itself, or through a group that everybody of its kind is in. */
    private boolean isAmong(Set<Holder> some) {
      return groups().stream().map(in -> new Holder(true, in)).anyMatch(some::contains)
          || some.contains(this);
    }

    private List<String> groups() {
      List<String> groups = new ArrayList<>(List.of("system:authenticated"));
      boolean account = !group && name.startsWith(ACCOUNT);
      if (account || (group && name.startsWith(ACCOUNTS + ":"))) {
        groups.add(ACCOUNTS);
      }
      if (account) {
        groups.add(ACCOUNTS + ":" + name.substring(ACCOUNT.length()).split(":", 2)[0]);
      }
      return groups;
    }
  }
}
