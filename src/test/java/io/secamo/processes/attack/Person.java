package io.secamo.processes.attack;

import java.util.List;

/**
 * Who attacks. Everybody but the stranger may write requests, their status and their scale by RBAC
 * (wildcards happen), so that it is admission that has to refuse.
 */
enum Person {
  /** Requested it, and holds the gate too: only four eyes stand in the way. */
  REQUESTER("requester", "engineers", "approvers"),
  /** The requester, in another spelling. */
  SECOND_SPELLING("Requester", "approvers"),
  APPROVER("approver", "approvers"),
  SECOND_APPROVER("second-approver", "approvers"),
  /** Writes requests, holds no gate. */
  COLLEAGUE("colleague", "engineers"),
  /** Holds nothing. */
  STRANGER("stranger"),
  /** Stands in for somebody at a gate. */
  DEPUTY("deputy", "attack-deputies"),
  /** Overrides a gate and answers what is stuck. */
  DUTY("duty", "attack-duty"),
  /** May submit for others. */
  GITOPS("system:serviceaccount:flux-system:kustomize-controller", "attack-gitops"),
  /** A machine that was given the gate, but not the verb for machines. */
  MACHINE("system:serviceaccount:attack:machine", "approvers"),
  /** A machine that was given the verb for machines as well. */
  AUTOMAT("system:serviceaccount:attack:automat", "approvers", "attack-automats", "attack-gitops"),
  /** A GitOps tool as most are installed: it holds every verb. */
  MIGHTY("system:serviceaccount:argocd:application-controller", "system:masters"),
  /** The operator, as if somebody had given it every verb. */
  OPERATOR("system:serviceaccount:process-orchestrator:process-orchestrator", "system:masters"),
  ADMIN("admin", "system:masters"),
  /** Its first letter is Cyrillic. */
  LOOKALIKE("\u0430pprover", "approvers"),
  /** Its votes could be read as votes of the approver. */
  SPACED("approver " + Scene.DIGEST + " x", "approvers"),
  /** The same with a space that does not break. */
  UNBROKEN("approver\u00a0" + Scene.DIGEST, "approvers"),
  /** The same with an ideographic space. */
  WIDE("approver\u3000" + Scene.DIGEST, "approvers"),
  /** Too long for the status. */
  ENDLESS("e".repeat(254), "approvers");

  final String user;
  final List<String> groups;

  Person(String user, String... groups) {
    this.user = user;
    this.groups = List.of(groups);
  }

  /** Whether RBAC lets this person write requests at all. */
  boolean writes() {
    return this != STRANGER;
  }

  boolean holds(String gate) {
    return all() || (gate.equals(Scene.GATE) && groups.contains("approvers"));
  }

  /** Whether RBAC grants this person a verb on a gate. */
  boolean may(String verb, String gate) {
    boolean security = gate.equals(Scene.GATE);
    return switch (verb) {
      case "approve" -> holds(gate);
      case "approve-as-deputy" -> all() || (security && this == DEPUTY);
      default -> all() || (security && this == DUTY);
    };
  }

  /** Whether RBAC lets this person answer what is stuck; a machine that may do everything not. */
  boolean answers() {
    return (all() && !machine()) || this == DUTY;
  }

  /** Whether RBAC lets this person hold requests, so that others do not let them go on. */
  boolean holdsRequests() {
    return (all() && !machine()) || groups.contains("approvers");
  }

  /** Whether this is a machine to which is given back what it drops. */
  boolean healed() {
    return serviceAccount() && this != OPERATOR;
  }

  /** Whether it was trusted with that by name; every verb is not enough. */
  boolean votesAsMachine(String gate) {
    return this == AUTOMAT && holds(gate);
  }

  /** By that name: who may do everything does not submit for everybody. */
  boolean submitsForOthers() {
    return this == GITOPS || this == AUTOMAT;
  }

  boolean machine() {
    return user.startsWith("system:");
  }

  boolean serviceAccount() {
    return user.startsWith("system:serviceaccount:");
  }

  boolean nameHasWhiteSpace() {
    return user.codePoints().anyMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c));
  }

  private boolean all() {
    return groups.contains("system:masters");
  }
}
