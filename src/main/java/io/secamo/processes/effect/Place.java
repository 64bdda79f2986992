package io.secamo.processes.effect;

import io.secamo.processes.api.Effect;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.Spelling;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where an effect is made. Before it is undone, ended or counted, the place must be the same:
 * Connections, Secrets and names may lead somewhere else by then.
 *
 * @param connection name, uid and endpoint of the Connection
 * @param account whose system it is, by {@link io.secamo.processes.connector.Account#id}
 * @param target what is changed, by the system's own id; empty if it is not known
 */
public record Place(String connection, String account, String target) {
  private static final String AT = ") at ";

  /** Of an effect; what an earlier version did not write is taken from the plan. */
  public static Optional<Place> of(Effect effect, Optional<Plan> plan) {
    String connection = either(effect.connection(), plan.map(Plan::connection).orElse(null));
    String account = either(effect.account(), plan.map(Plan::account).orElse(null));
    String target = either(effect.target(), "");
    return connection == null || account == null
        ? Optional.empty()
        : Optional.of(new Place(connection, account, String.valueOf(target)));
  }

  private static @Nullable String either(@Nullable String first, @Nullable String second) {
    return first == null ? second : first;
  }

  /** Name of the Connection that led there, in the namespace of the request. */
  public String connectionName() {
    int end = connection.indexOf(" (");
    return end < 0 ? connection : connection.substring(0, end);
  }

  /**
   * Whether two Connections lead to the same system. One that was deleted and made anew has another
   * uid; whose credentials it has is told by the account.
   */
  public static boolean leadsToTheSame(String connection, String other) {
    return endpoint(connection).equals(endpoint(other));
  }

  private static String endpoint(String connection) {
    int at = connection.indexOf(AT);
    return at < 0 ? "" : Spelling.of(connection.substring(at + AT.length()));
  }

  /** Whether both are the same thing in the same account, by whichever Connection. */
  public boolean sameThing(Place other) {
    boolean unknown = target.isEmpty() || other.target.isEmpty();
    return Account.same(account, other.account) && (unknown || target.equals(other.target));
  }
}
