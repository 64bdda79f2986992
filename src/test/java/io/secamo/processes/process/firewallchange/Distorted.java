package io.secamo.processes.process.firewallchange;

import io.secamo.processes.connector.FirewallProvider;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A cloud whose lists show something else than what is there. */
final class Distorted extends SeenThrough {
  private final UnaryOperator<List<LiveRule>> shown;

  Distorted(FirewallProvider real, UnaryOperator<List<LiveRule>> shown) {
    super(real);
    this.shown = shown;
  }

  @Override
  public Group observe(String group) {
    return distorted(super.observe(group));
  }

  @Override
  public Optional<Group> group(String id) {
    return super.group(id).map(this::distorted);
  }

  /** What a list does not show is there all the same. */
  @Override
  public Optional<Found> find(String rule) {
    return super.find(rule).map(this::distorted);
  }

  private Found distorted(Found found) {
    List<LiveRule> seen = shown.apply(List.of(found.rule()));
    return seen.isEmpty() ? found : new Found(found.group(), seen.get(0));
  }

  private Group distorted(Group group) {
    return new Group(group.id(), shown.apply(group.rules()));
  }
}
