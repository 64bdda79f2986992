package io.secamo.processes.cli.yours;

import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.approval.Vote;
import io.secamo.processes.cli.terminal.Words;
import java.util.List;
import java.util.Map;

/** The votes that the API server has stored with a request that asks for some. */
public record StoredVotes(FirewallChangeRequest request) {
  /** Those on its plan that the operator has not counted so far. */
  public List<Vote> uncounted() {
    ProcessStatus status = request.getStatus();
    if (status == null || status.state() != State.AWAITING_APPROVAL || status.plan() == null) {
      return List.of();
    }
    return Vote.read(annotations(), status.plan().digest()).stream()
        .filter(
            vote ->
                Words.some(status.votes()).stream()
                    .noneMatch(
                        counted ->
                            counted.gate().equals(vote.gate())
                                && Vote.samePerson(counted.voter(), vote.voter())))
        .toList();
  }

  /** How many there are on earlier plans: they are void. */
  public long ofEarlierPlans() {
    ProcessStatus status = request.getStatus();
    if (status == null || status.state() != State.AWAITING_APPROVAL || status.plan() == null) {
      return 0;
    }
    // Each has a key and a value.
    long all = Vote.all(annotations()).size() / 2;
    return all - Vote.read(annotations(), status.plan().digest()).size();
  }

  private Map<String, String> annotations() {
    Map<String, String> all = request.getMetadata().getAnnotations();
    return all == null ? Map.of() : all;
  }
}
