package io.secamo.processes.process;

import io.secamo.processes.api.KindName;
import io.secamo.processes.approval.ApprovalRules;
import io.secamo.processes.approval.Ballot.Holders;
import io.secamo.processes.approval.Delegation;
import io.secamo.processes.approval.Protection;
import io.secamo.processes.connector.ConnectionFacts;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.Systems;
import io.secamo.processes.connector.TicketSystem;
import io.secamo.processes.effect.Place;
import io.secamo.processes.engine.procedure.Request;
import io.secamo.processes.window.Calendar;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The surroundings as one look at the world shows them: what was read once is not read again. Every
 * pass begins with a look of its own, and so does every decision right before an effect. Only what
 * is configured is kept; what happens outside, or in other requests, is asked each time.
 */
public final class CachedSurroundings implements Surroundings {
  private final Surroundings around;
  private final Map<String, Object> seen = new HashMap<>();

  /** Has seen nothing yet. For one thread. */
  public CachedSurroundings(Surroundings around) {
    this.around = around;
  }

  @SuppressWarnings("unchecked")
  private <T> T once(String what, Supplier<T> read) {
    // No computeIfAbsent: some readings lead to others.
    T known = (T) seen.get(what);
    if (known == null) {
      known = read.get();
      seen.put(what, known);
    }
    return known;
  }

  @Override
  public String clusterId() {
    return around.clusterId();
  }

  @Override
  public Systems systems(String namespace) {
    return once("systems " + namespace, () -> once(namespace, around.systems(namespace)));
  }

  private Systems once(String namespace, Systems systems) {
    return new Systems() {
      @Override
      public TicketSystem tickets(String connection) {
        return once("tickets " + namespace + "/" + connection, () -> systems.tickets(connection));
      }

      @Override
      public FirewallProvider firewall(String connection) {
        return once(
            "firewall " + namespace + "/" + connection,
            () -> new OneSignIn(systems.firewall(connection)));
      }

      @Override
      public Systems toUndo() {
        String undoing = namespace + " to undo";
        return once("systems " + undoing, () -> once(undoing, systems.toUndo()));
      }

      @Override
      public Systems toUndo(Origin origin) {
        String undoing = namespace + " to undo " + origin;
        return once("systems " + undoing, () -> once(undoing, systems.toUndo(origin)));
      }

      @Override
      public ConnectionFacts facts(String connection) {
        return once("facts " + namespace + "/" + connection, () -> systems.facts(connection));
      }
    };
  }

  @Override
  public ApprovalRules rules(String namespace) {
    return once("rules " + namespace, () -> around.rules(namespace));
  }

  @Override
  public List<Delegation> delegations(String namespace) {
    return once("delegations " + namespace, () -> around.delegations(namespace));
  }

  @Override
  public boolean holds(String namespace, Delegation delegation) {
    return once("holds " + namespace + " " + delegation, () -> around.holds(namespace, delegation));
  }

  @Override
  public Calendar calendar(String namespace) {
    return once("calendar " + namespace, () -> around.calendar(namespace));
  }

  @Override
  public Protection protection(Request<?> request) {
    return once("protection " + request.uid(), () -> around.protection(request));
  }

  @Override
  public Optional<String> queueFor(String uid, String target) {
    return around.queueFor(uid, target);
  }

  @Override
  public Optional<Map<String, Holders>> holders(String namespace, List<String> gates) {
    return around.holders(namespace, gates);
  }

  @Override
  public Map<String, List<Needed>> needed(String uid, Place place, Instant now) {
    return around.needed(uid, place, now);
  }

  @Override
  public boolean stillNeeds(Needed other, Place place, String externalId, Instant now) {
    return around.stillNeeds(other, place, externalId, now);
  }

  @Override
  public Optional<String> aboutToNeed(
      String uid, Place place, UnaryOperator<String> key, Instant now) {
    return around.aboutToNeed(uid, place, key, now);
  }

  @Override
  public Optional<String> aboutToRemove(String uid, Place place, String externalId, Instant now) {
    return around.aboutToRemove(uid, place, externalId, now);
  }

  @Override
  public Optional<Stored> stored(KindName kind, String namespace, String name) {
    return around.stored(kind, namespace, name);
  }

  @Override
  public List<Stored> removers(Request<?> request) {
    return around.removers(request);
  }

  @Override
  public boolean answeredFor(
      String uid, Place place, String externalId, Predicate<String> maker, Instant now) {
    return around.answeredFor(uid, place, externalId, maker, now);
  }
}
