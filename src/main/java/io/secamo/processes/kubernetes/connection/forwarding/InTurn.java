package io.secamo.processes.kubernetes.connection.forwarding;

import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.ForwardingFirewall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * One firewall that several connectors lead to, of which some may not work by now: the first one
 * goes on until it cannot, then the next one that is let in and is shown what is there.
 */
public final class InTurn extends ForwardingFirewall {
  private final String account;
  private final List<Way> ways;
  private Supplier<List<Way>> lent;

  /**
   * In this order.
   *
   * @param account whose system they have to lead to
   * @param ways at least one
   * @param lent more, for when the last one is told no
   */
  public InTurn(String account, List<Way> ways, Supplier<List<Way>> lent) {
    this.account = account;
    this.ways = new ArrayList<>(ways);
    this.lent = lent;
  }

  /**
   * One connector's.
   *
   * @param outdated told that it is not let in any more, and another one is
   */
  public record Way(FirewallProvider firewall, Runnable outdated) {}

  @Override
  protected FirewallProvider real() {
    return ways.get(0).firewall();
  }

  @Override
  protected <T> T call(String operation, Supplier<T> made) {
    while (true) {
      try {
        return made.get();
      } catch (ConnectorFailure.Unknown mayBeDone) {
        throw mayBeDone;
      } catch (ConnectorFailure failed) {
        if (!another(failed)) {
          throw failed;
        }
      }
    }
  }

  /** What does not work either is not asked again: each sign-in that fails may lock a user out. */
  private boolean another(ConnectorFailure failed) {
    while (ways.size() > 1 || lend(failed)) {
      if (!works(ways.get(1).firewall())) {
        ways.remove(1);
        continue;
      }
      Way before = ways.remove(0);
      if (failed instanceof ConnectorFailure.Unauthorized) {
        before.outdated().run();
      }
      return true;
    }
    return false;
  }

  /** Once, and only if a person has to change something: a system that is away is so for all. */
  private boolean lend(ConnectorFailure failed) {
    if (failed instanceof ConnectorFailure.Refused
        || failed instanceof ConnectorFailure.Unauthorized) {
      ways.addAll(lent.get());
      lent = List::of;
    }
    return ways.size() > 1;
  }

  private boolean works(FirewallProvider firewall) {
    try {
      return firewall.check().is(account);
    } catch (ConnectorFailure no) {
      return false;
    }
  }
}
