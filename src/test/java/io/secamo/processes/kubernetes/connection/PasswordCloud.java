package io.secamo.processes.kubernetes.connection;

import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.ConnectionSettings;
import io.secamo.processes.connector.Connector;
import io.secamo.processes.connector.ConnectorFactory;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.TicketSystem;
import io.secamo.processes.firewall.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Clouds with one group, each at its address; the password in a Secret is all of an account. */
final class PasswordCloud implements ConnectorFactory {
  final Set<String> letIn = new HashSet<>();
  final Set<String> shownNothing = new HashSet<>();
  final Set<String> mayOnlyLook = new HashSet<>();
  final Set<String> ofAnotherProject = new HashSet<>();

  /** Passwords that were turned down, as often as they were. */
  final List<String> turnedDown = new ArrayList<>();

  private final Map<String, Map<String, FirewallProvider.LiveRule>> rules = new HashMap<>();
  private boolean losesAnswers;

  /** Done once, right after a connector was made and before anybody has its firewall. */
  Runnable meanwhile = () -> {};

  /** From now on what is added is there, and nobody is told. */
  void loseAnswers() {
    losesAnswers = true;
  }

  Set<String> rulesAt(String endpoint) {
    return rules.getOrDefault(endpoint, Map.of()).keySet();
  }

  @Override
  public Connector connect(ConnectionSettings settings) {
    return new AsUser(
        String.valueOf(settings.spec().endpoint()), settings.credential("password", ""));
  }

  private final class AsUser implements Connector, FirewallProvider {
    private final String endpoint;
    private final String password;

    AsUser(String endpoint, String password) {
      this.endpoint = endpoint;
      this.password = password;
    }

    private Map<String, LiveRule> signedIn() {
      if (!letIn.contains(password)) {
        turnedDown.add(password);
        throw new ConnectorFailure.NotLetIn(password + " is not let in");
      }
      return shownNothing.contains(password) || ofAnotherProject.contains(password)
          ? new HashMap<>()
          : rules.computeIfAbsent(endpoint, at -> new HashMap<>());
    }

    @Override
    public Optional<TicketSystem> tickets() {
      return Optional.empty();
    }

    @Override
    public Optional<FirewallProvider> firewall() {
      Runnable others = meanwhile;
      meanwhile = () -> {};
      others.run();
      return Optional.of(this);
    }

    @Override
    public Account check() {
      Object unused = observe("web");
      return account();
    }

    @Override
    public Account account() {
      Object unused = signedIn();
      return new Account(
          (ofAnotherProject.contains(password) ? "another project at " : "project at ") + endpoint);
    }

    @Override
    public Duration settleWindow() {
      return Duration.ofSeconds(10);
    }

    @Override
    public Group observe(String group) {
      Map<String, LiveRule> seen = signedIn();
      if (shownNothing.contains(password)) {
        throw new ConnectorFailure.Refused(password + " is shown nothing");
      }
      return new Group(group, List.copyOf(seen.values()));
    }

    @Override
    public Optional<Group> group(String id) {
      return Optional.of(observe(id));
    }

    @Override
    public Optional<Found> find(String rule) {
      return Optional.ofNullable(signedIn().get(rule)).map(live -> new Found("web", live));
    }

    @Override
    public LiveRule add(String group, Rule rule, String marker) {
      Optional<LiveRule> there =
          signedIn().values().stream().filter(live -> live.rule().equals(rule)).findFirst();
      if (there.isPresent() && !losesAnswers) {
        return there.get();
      }
      LiveRule added = new LiveRule("r" + (rulesAt(endpoint).size() + 1), rule, marker);
      mayChange().put(added.id(), added);
      if (losesAnswers) {
        throw new ConnectorFailure.Unknown("the answer was lost", null);
      }
      return added;
    }

    @Override
    public void remove(String rule) {
      mayChange().remove(rule);
    }

    private Map<String, LiveRule> mayChange() {
      Map<String, LiveRule> seen = signedIn();
      if (mayOnlyLook.contains(password)) {
        throw new ConnectorFailure.Unauthorized(password + " may only look");
      }
      return seen;
    }
  }
}
