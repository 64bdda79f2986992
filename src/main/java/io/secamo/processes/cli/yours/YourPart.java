package io.secamo.processes.cli.yours;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.approval.Vote;
import io.secamo.processes.cli.terminal.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What of requests is for one person to do: as an approver, as the requester, or on duty.
 *
 * @param me their user name, as the API server proved it
 */
public record YourPart(String me, Rights rights) {
  private static final String ABANDON = "abandon";

  /**
   * The open gates at which their vote is wanted: they may vote there and have not. What waits for
   * an administrator is planned anew afterwards, and what waits for its end cannot be reviewed any
   * more: a vote on either would be void.
   */
  public List<String> gates(FirewallChangeRequest request) {
    ProcessStatus status = request.getStatus();
    if (status == null
        || status.state() != State.AWAITING_APPROVAL
        || status.plan() == null
        || ProcessStatus.ADMINISTRATOR.equals(status.waitingFor())
        || ProcessStatus.EXPIRY.equals(status.waitingFor())
        || Words.endAsked(request)
        || asked(request)) {
      return List.of();
    }
    List<Vote> stored = new StoredVotes(request).uncounted();
    return Words.some(status.gates()).stream()
        .filter(gate -> gate.state().equals("Open"))
        .map(ProcessStatus.Gate::name)
        .filter(gate -> !voted(status, gate) && mayVote(request, gate))
        .filter(gate -> stored.stream().noneMatch(it -> it.gate().equals(gate) && mine(it.voter())))
        .toList();
  }

  private boolean mine(String name) {
    return Vote.samePerson(name, me);
  }

  private boolean voted(ProcessStatus status, String gate) {
    return Words.some(status.votes()).stream()
        .anyMatch(vote -> mine(vote.voter()) && vote.gate().equals(gate));
  }

  private boolean mayVote(FirewallChangeRequest request, String gate) {
    String namespace = request.getMetadata().getNamespace();
    return rights.atGate("approve", gate, namespace)
        || (rights.atGate("approve-as-deputy", gate, namespace)
            && rights.standsIn(gate, namespace));
  }

  /** Whether nobody but them can put it right. */
  public boolean toPutRight(FirewallChangeRequest request) {
    return stuck(request) && waitsForRequester(request) && requester(request);
  }

  /** Whether it is stuck, is not for its requester to put right, and they may answer it. */
  public boolean toAnswer(FirewallChangeRequest request) {
    return stuck(request) && !waitsForRequester(request) && may("resolve", request);
  }

  /** The commands with which they can do something about it now; none if they cannot. */
  public List<String> commands(FirewallChangeRequest request) {
    List<String> commands = new ArrayList<>();
    for (String gate : gates(request)) {
      commands.add(Words.command("approve", request) + " --gate " + gate);
      commands.add(Words.command("reject", request) + " --gate " + gate + " --reason 'why not'");
    }
    if (toAnswer(request)) {
      // Of what answers there are some cannot be taken back: to try again first costs nothing.
      commands.add(Words.command("retry", request));
      Words.some(request.getStatus().answers()).stream()
          .filter(answer -> !answer.equals(ABANDON) || may(ABANDON, request))
          .forEach(answer -> commands.add(Words.command("resolve", request) + " " + answer));
    }
    if (stuck(request) && waitsForRequester(request) && may(ABANDON, request)) {
      commands.add(Words.command("resolve", request) + " " + ABANDON);
    }
    boolean suspended =
        state(request) == State.SUSPENDED || Boolean.TRUE.equals(request.getSpec().suspend());
    boolean going = Words.endGoesOn(request) || Words.removalGoesOn(request);
    if (suspended && !going && !state(request).terminal() && mayLetGoOn(request)) {
      commands.add(Words.command("resume", request));
    }
    if (asked(request) && !going && !state(request).terminal()) {
      own(request, commands);
    } else if (asked(request) && stuck(request) && !toAnswer(request)) {
      commands.add(Words.command("retry", request));
    }
    boolean open = state(request) == State.COMPLETED && !request.isMarkedForDeletion();
    if (asked(request) && open && lasting(request)) {
      commands.add(Words.command("remove", request) + " --reason 'why'");
    }
    return commands;
  }

  /** Whether it opened something for good that nobody removed yet. */
  private static boolean lasting(FirewallChangeRequest request) {
    ProcessStatus.InForce inForce = request.getStatus().inForce();
    return request.getSpec().removes() == null && inForce != null && inForce.revertedAt() == null;
  }

  private void own(FirewallChangeRequest request, List<String> commands) {
    String again = Words.command("retry", request);
    if (stuck(request) && !waitsForRequester(request) && !commands.contains(again)) {
      commands.add(again);
    }
    if (state(request) == State.IN_FORCE) {
      commands.add(Words.command("extend", request) + " --for 8h");
    }
    commands.add(Words.command("withdraw", request));
    if (stuck(request) && waitsForRequester(request)) {
      // Of use only if what the request names was made meanwhile: most have to be written anew.
      commands.add(Words.command("retry", request));
    }
  }

  private boolean mayLetGoOn(FirewallChangeRequest request) {
    Map<String, String> annotations = request.getMetadata().getAnnotations();
    boolean held = annotations != null && annotations.containsKey(Annotations.HELD);
    return held ? may("hold", request) : asked(request);
  }

  private boolean may(String verb, FirewallChangeRequest request) {
    return rights.on(verb, request.getMetadata().getName(), request.getMetadata().getNamespace());
  }

  /** They, or a machine that they are, asked for it: their own votes would not count. */
  private boolean asked(FirewallChangeRequest request) {
    ProcessStatus.RequestedBy by = by(request);
    return by != null && (mine(by.name()) || (by.submittedBy() != null && mine(by.submittedBy())));
  }

  private boolean requester(FirewallChangeRequest request) {
    ProcessStatus.RequestedBy by = by(request);
    return by != null && mine(by.name());
  }

  private static ProcessStatus.@Nullable RequestedBy by(FirewallChangeRequest request) {
    return request.getStatus() == null ? null : request.getStatus().requestedBy();
  }

  /** What its people end meanwhile waits for nobody but the operator. */
  private static boolean stuck(FirewallChangeRequest request) {
    return state(request) == State.NEEDS_ATTENTION && !Words.endAsked(request);
  }

  private static boolean waitsForRequester(FirewallChangeRequest request) {
    return ProcessStatus.REQUESTER.equals(request.getStatus().waitingFor());
  }

  private static State state(FirewallChangeRequest request) {
    ProcessStatus status = request.getStatus();
    return status == null
        ? State.RECEIVED
        : Objects.requireNonNullElse(status.state(), State.RECEIVED);
  }
}
