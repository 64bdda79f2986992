package io.secamo.processes.process.firewallchange;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.TicketSystem;
import io.secamo.processes.contract.Played;
import io.secamo.processes.engine.procedure.Request.Wish;
import io.secamo.processes.process.firewallchange.Stage.Change;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One firewall change on a stage of its own. */
final class PlayedChange implements Played {
  /** What is no call: a connector knows it by itself. */
  private static final Set<String> KNOWN =
      Set.of("settleWindow", "account", "whereKeysAre", "toString", "hashCode", "equals");

  private static final String VOTE = Annotations.APPROVE_PREFIX + "security.ann";

  private final Stage stage = new Stage();
  private final Set<String> made = new LinkedHashSet<>();
  private Trouble trouble = point -> {};
  private int calls;

  PlayedChange() {
    stage.justBeforeItIsStored = () -> trouble.at(Point.BEFORE_IT_IS_STORED);
    stage.justAfterItIsStored = () -> trouble.at(Point.AFTER_IT_IS_STORED);
    stage.cloudSeenThrough = real -> troubled(FirewallProvider.class, real);
    stage.deskSeenThrough = real -> troubled(TicketSystem.class, real);
  }

  private <T> T troubled(Class<T> port, T real) {
    Object proxy =
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (self, method, arguments) -> {
              boolean call = !KNOWN.contains(method.getName());
              calls += call ? 1 : 0;
              if (call) {
                trouble.at(Point.BEFORE_A_CALL);
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              } finally {
                if (call) {
                  made.addAll(standing());
                  stage.store.list("ticket").forEach(ticket -> made.add(ticket.name()));
                  trouble.at(Point.AFTER_A_CALL);
                }
              }
            });
    return port.cast(proxy);
  }

  private Optional<Change> change() {
    return stage.changes.stream().findFirst();
  }

  @Override
  public void happens(Trouble next) {
    trouble = next;
  }

  @Override
  public void workAfter(Duration time) {
    if (change().isEmpty()) {
      stage.submitted("web", new Wanted().expiringAfter("1h"));
    }
    stage.pass(time);
  }

  @Override
  public void approve() {
    change()
        .filter(change -> change.status != null && change.status.plan() != null)
        .ifPresent(it -> it.annotate(VOTE, "ann " + it.status.plan().digest()));
  }

  @Override
  public void takeVotesBack() {
    change().ifPresent(it -> it.annotate(VOTE, ""));
  }

  @Override
  public void wish(Wish wish) {
    change().ifPresent(it -> it.wish(wish));
  }

  @Override
  public ProcessStatus status() {
    return change().map(it -> it.status).orElse(null);
  }

  @Override
  public Set<String> made() {
    return Set.copyOf(made);
  }

  @Override
  public Set<String> standing() {
    return stage.cloud().stream()
        .map(FirewallProvider.LiveRule::id)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  @Override
  public int writes() {
    return change().map(it -> it.writes).orElse(0);
  }

  @Override
  public int calls() {
    return calls;
  }
}
