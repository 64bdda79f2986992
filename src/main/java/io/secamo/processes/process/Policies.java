package io.secamo.processes.process;

import io.secamo.processes.approval.ApprovalRules;
import io.secamo.processes.approval.Ballot.Holders;
import io.secamo.processes.approval.Delegation;
import io.secamo.processes.approval.Protection;
import io.secamo.processes.engine.procedure.Request;
import io.secamo.processes.window.Calendar;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What decides whether, and when, a change may be made. */
public interface Policies {
  /** The approval policies of a namespace. */
  ApprovalRules rules(String namespace);

  /** Who may vote in whose place in a namespace, as it was granted. */
  List<Delegation> delegations(String namespace);

  /** Whether who granted a delegation may approve there now. */
  boolean holds(String namespace, Delegation delegation);

  /** The change windows of a namespace. */
  Calendar calendar(String namespace);

  /** Whether votes are a proof right now, tried on this very request. */
  Protection protection(Request<?> request);

  /** Who may vote at gates of a namespace, by gate; empty if it cannot be known. */
  Optional<Map<String, Holders>> holders(String namespace, List<String> gates);
}
