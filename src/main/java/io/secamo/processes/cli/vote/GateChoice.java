package io.secamo.processes.cli.vote;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.approval.RequiredGates;
import io.secamo.processes.cli.cluster.Cluster;
import io.secamo.processes.cli.cluster.Refusal;
import io.secamo.processes.cli.terminal.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * At which gate a person votes: the one they name, or the only one at which they may.
 *
 * @param no whether the vote is a rejection, which counts at every gate of the plan
 * @param verb of the gate, that the vote takes
 * @param command its name on the command line, for what is shown to be typed
 * @param wanted the gate that was named; null if none was
 * @param given the other options as they were given, to be typed once more
 */
record GateChoice(
    Cluster cluster,
    boolean no,
    String verb,
    String command,
    @Nullable String wanted,
    String given) {
  /**
   * What the key of a vote is made of.
   *
   * @param any what tells it from other votes
   */
  record Place(String gate, String any) {
    boolean deputy() {
      return any.startsWith(Annotations.DEPUTY);
    }
  }

  /** Where the vote on this request goes, or a sentence that says why there is no such gate. */
  Place on(FirewallChangeRequest request) {
    String namespace = request.getMetadata().getNamespace();
    if (ProcessStatus.ADMINISTRATOR.equals(request.getStatus().waitingFor())) {
      throw new Refusal(
          "a vote would be void: it waits for an administrator. " + request.getStatus().message());
    }
    if (ProcessStatus.EXPIRY.equals(request.getStatus().waitingFor())) {
      throw new Refusal("a vote would be void: " + request.getStatus().message());
    }
    Plan.Basis basis = Words.planOf(request).basis();
    if (verb.equals("override")
        && basis != null
        && RequiredGates.breakGlass(basis.gates()).isEmpty()) {
      throw new Refusal(
          "no override would count: not every policy that asks for votes on this plan has"
              + " breakGlass");
    }
    List<String> asked = asked(request);
    List<String> mine =
        asked.stream().filter(g -> cluster.permissions().atGate(verb, g, namespace)).toList();
    boolean deputy = mine.isEmpty() && verb.equals("approve");
    if (deputy) {
      mine =
          asked.stream()
              .filter(g -> cluster.permissions().atGate("approve-as-deputy", g, namespace))
              .toList();
    }
    if (mine.size() > 1) {
      throw new Refusal("you may vote at several gates, choose one:", commands(request, mine));
    }
    if (mine.isEmpty()) {
      List<String> others = elsewhere(request, asked);
      throw new Refusal(
          "you hold the verb "
              + verb
              + " on none of the open gates "
              + asked
              + " in namespace "
              + namespace
              + (others.isEmpty() ? "" : ". You may vote here:"),
          commands(request, others));
    }
    String random = UUID.randomUUID().toString().substring(0, 8);
    return new Place(mine.get(0), (deputy ? Annotations.DEPUTY + "-" : "") + random);
  }

  /** Whoever named a gate that is not theirs may hold another one that is open. */
  private List<String> elsewhere(FirewallChangeRequest request, List<String> asked) {
    return taking(request.getStatus()).stream()
        .filter(gate -> !asked.contains(gate))
        .filter(
            gate -> cluster.permissions().atGate(verb, gate, request.getMetadata().getNamespace()))
        .toList();
  }

  private List<String> commands(FirewallChangeRequest request, List<String> gates) {
    return gates.stream()
        .map(gate -> Words.command(command, request) + " --gate " + gate + given)
        .toList();
  }

  private List<String> asked(FirewallChangeRequest request) {
    List<String> taking = taking(request.getStatus());
    boolean nobodyHasTo = taking.isEmpty() && no;
    if (wanted == null) {
      if (nobodyHasTo) {
        throw new Refusal("nobody has to vote on this plan: say at which gate you do with --gate");
      }
      return taking;
    }
    if (!taking.contains(wanted) && !nobodyHasTo) {
      throw new Refusal("gate " + wanted + " is not open: those that are open are " + taking);
    }
    return List.of(wanted);
  }

  /** A no counts also at gates that are passed, or asked later. */
  private List<String> taking(ProcessStatus status) {
    List<String> gates =
        new ArrayList<>(
            Words.some(status.gates()).stream()
                .filter(gate -> no || gate.state().equals("Open"))
                .map(ProcessStatus.Gate::name)
                .toList());
    Plan.Basis basis = status.plan() == null ? null : status.plan().basis();
    if (no && basis != null) {
      RequiredGates.named(basis.gates()).stream()
          .filter(name -> !gates.contains(name))
          .forEach(gates::add);
    }
    return gates;
  }
}
