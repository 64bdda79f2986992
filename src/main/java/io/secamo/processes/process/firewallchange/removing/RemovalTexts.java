package io.secamo.processes.process.firewallchange.removing;

import io.secamo.processes.api.State;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.effect.Place;
import io.secamo.processes.engine.procedure.Request;
import io.secamo.processes.process.Others.Needed;
import io.secamo.processes.text.Limit;
import java.util.Optional;

/** Everything that a request says to people which has removed what another one opened. */
final class RemovalTexts {
  /** Why a rule stays. */
  static final String BEFORE = "it was there before";

  /** Why nothing is removed. */
  static final String GONE = "nothing of it is there any more";

  private RemovalTexts() {}

  static String none(Request<?> remover, String name) {
    return "there is no request "
        + name
        + " in namespace "
        + remover.namespace()
        + ". What is there: kubectl process list -n "
        + remover.namespace()
        + ". What a deleted request left is removed by hand";
  }

  static String removedBefore(Earlier it) {
    return it.name() + " was removed already: " + it.message();
  }

  static String itself(String name) {
    return "spec.removes names the request itself: it is to name the one that opened what is to"
        + " be removed, and this one needs another name than "
        + name;
  }

  static String notLasting(Request<?> request, State state) {
    return state.terminal()
        ? request.name() + " ended as " + state.word() + ": there is nothing of it to remove"
        : request.name()
            + " is not Completed, its state is "
            + state.word()
            + ". It is taken back, with all that it opened, by kubectl process withdraw "
            + request.name()
            + " -n "
            + request.namespace();
  }

  static String madeNothing(String name) {
    return name
        + " opened nothing itself: all of it was there before. A rule that is not ours is removed"
        + " by whoever made it";
  }

  static String another(Request<?> request) {
    return "connection, target or rules are not those of "
        + request.name()
        + ", so that people would approve something else. Submit what this writes: kubectl process"
        + " remove "
        + request.name()
        + " -n "
        + request.namespace()
        + " --reason TEXT";
  }

  static String waits(Earlier it) {
    return it.state() == State.COMPLETED
        ? "approved; " + it.name() + " removes now what it opened"
        : it.name() + " removes what it opened: " + it.message();
  }

  static String ended(Earlier it) {
    return it.name() + ": " + it.message();
  }

  static String unknown(Earlier it) {
    if (it.request() == null) {
      return "request "
          + it.name()
          + " is gone, so that nobody can tell whether what it opened is: look at the security"
          + " group";
    }
    return "whether what "
        + it.name()
        + " opened is gone cannot be told, its state is "
        + it.state().word()
        + ": look at the security group";
  }

  static String nowhere(String name) {
    return "where "
        + name
        + " opened it was not recorded: look at the security group, remove it by hand";
  }

  static String elsewhere(String name, Place place, String now) {
    return Limit.to(
        900,
        "what "
            + name
            + " opened is at "
            + place.connection()
            + ", account "
            + place.account()
            + ", but its Connection leads to "
            + now
            + " now: let it lead back, or remove it there by hand");
  }

  static String staysRemoved(String name) {
    return "; what " + name + " opened stays removed, a new request opens it again";
  }

  /** For the evidence of the request that is removed. */
  static String asked(Request<?> remover, Optional<Plan> plan) {
    return "request "
        + remover.name()
        + " of "
        + remover.requestedBy()
        + " asked for its removal"
        + plan.map(it -> ", plan " + it.digest()).orElse("");
  }

  static String neededBy(Needed other) {
    return other + " needs it";
  }
}
