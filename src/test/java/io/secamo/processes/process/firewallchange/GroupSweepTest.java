package io.secamo.processes.process.firewallchange;

import static io.secamo.processes.process.firewallchange.KeptAliveTest.port;
import static io.secamo.processes.process.firewallchange.KeptAliveTest.temporary;
import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.FirewallProvider.LiveRule;
import io.secamo.processes.firewall.Rule;
import io.secamo.processes.process.firewallchange.Stage.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a group shows when the rule that we know was removed: nobody is told that it is over. */
class GroupSweepTest {
  private static final Rule PARTNER = Rule.parse("Ingress tcp 443 from 203.0.113.0/24");
  private static final Rule WIDER = Rule.parse("Ingress tcp from 203.0.0.0/16");
  private static final Duration TIME = Duration.ofHours(8);
  private static final String GONE_ALREADY =
      "was gone already: somebody else removed it, or a try of ours that was not recorded";

  private final Stage stage = new Stage();
  private final Wanted web = new Wanted();

  /** Rules that are in the group besides ours; those whose id begins with ghost are only listed. */
  private final List<LiveRule> others = new ArrayList<>();

  private Optional<ConnectorFailure> listing = Optional.empty();

  @Test
  void aSecondRuleWithOurMarkDoesNotOutliveTheFirst() {
    Change change = live(web.expiringAfter("8h"));
    others.add(new LiveRule("twin", PARTNER, mark()));
    stage.pass(TIME);

    assertThat(others).isEmpty();
    assertThat(stage.cloud()).isEmpty();
    assertThat(change.status.message())
        .isEqualTo(
            "its time is over; removed, observed gone; rule twin with the same mark was removed"
                + " too");
  }

  @Test
  void aSecondRuleWithOurMarkGoesThoughTheFirstIsSomebodyElsesByNow() {
    Change change = live(web.expiringAfter("8h"));
    others.add(new LiveRule("twin", PARTNER, mark()));
    stage.cloudSeenThrough = real -> new TakenOver(real, "kept by somebody");
    stage.pass(TIME);

    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(others).isEmpty();
    assertThat(stage.cloud()).hasSize(1);
  }

  @Test
  void anEqualRuleOfSomebodyElseIsToldThoughOursWasFoundAndRemoved() {
    Change change = live(web.expiringAfter("8h"));
    others.add(new LiveRule("by-hand", PARTNER, ""));
    stage.pass(TIME);

    assertThat(change.status.message())
        .isEqualTo(
            "its time is over; removed, observed gone; an equal rule by-hand, which is not ours,"
                + " is still there");
    assertThat(others).hasSize(1);
  }

  @Test
  void aWiderRuleThatKeepsTheAccessOpenIsTold() {
    Change change = live(web.expiringAfter("8h"));
    others.add(new LiveRule("wide", WIDER, ""));
    others.add(new LiveRule("narrow", Rule.parse("Ingress tcp 443 from 203.0.113.0/25"), ""));
    others.add(new LiveRule("other", Rule.parse("Ingress tcp 22 from 0.0.0.0/0"), ""));
    stage.pass(TIME);

    assertThat(change.status.message())
        .isEqualTo(
            "its time is over; removed, observed gone; still open by rule wide, which is not ours,"
                + " "
                + WIDER);
  }

  @Test
  void manyWiderRulesDoNotHideTheRestOfTheMessage() {
    Change change = live(web.expiringAfter("8h"));
    IntStream.range(0, 50).forEach(i -> others.add(new LiveRule("wide" + i, WIDER, "")));
    stage.pass(TIME);

    assertThat(change.status.message())
        .contains("rule wide0", "rule wide2", "and 47 more rules there")
        .doesNotContain("wide3");
  }

  /** Its mark was copied, or what it allows was edited: whose it is cannot be told. */
  @Test
  void aRuleWithOurMarkThatIsNotWhatWeMadeIsTold() {
    Change change = live(web.expiringAfter("8h"));
    others.add(new LiveRule("edited", Rule.parse("Ingress tcp 443 from 203.0.113.0/25"), mark()));
    stage.pass(TIME);

    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(change.status.message())
        .contains("rule edited with the mark of this request is still there");
    assertThat(others).hasSize(1);
  }

  @Test
  void aRuleThatTheGroupGoesOnToShowIsNotToldAsGone() {
    Change change = live(web.expiringAfter("8h"));
    others.add(new LiveRule("ghost", PARTNER, mark()));
    stage.pass(TIME);

    assertThat(change.state()).isEqualTo(State.REVERTING);
    assertThat(change.status.message())
        .contains("security group web still shows rule ghost after it was removed");
    stage.pass(Duration.ofMinutes(1));
    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(change.status.message())
        .contains("look there and remove it by hand; then request another try");
    assertThat(change.status.inForce().revertedAt()).isNull();

    others.clear();
    stage.pass(Duration.ofMinutes(1));
    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(change.status.message()).contains("removed").contains("observed gone");
  }

  /** A list that shows for a moment what was removed. */
  @Test
  void aListThatLagsBehindARemovalNeedsNobody() {
    Change change = live(web.expiringAfter("8h"));
    others.add(new LiveRule("ghost", PARTNER, mark()));
    stage.pass(TIME);
    assertThat(change.state()).isEqualTo(State.REVERTING);
    others.clear();
    stage.pass(Duration.ofSeconds(8));

    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(change.status.message()).endsWith("removed, observed gone");
  }

  /** Who closed it early, and when, is what people look for then. */
  @Test
  void aRuleThatSomebodyElseRemovedIsNotToldAsRemovedByUs() {
    Change change = live(web.expiringAfter("8h"));
    String rule = stage.cloud().get(0).id();
    stage.sandbox().firewall().orElseThrow().remove(rule);
    stage.pass(TIME);

    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(change.status.message()).isEqualTo("its time is over; " + GONE_ALREADY);
    assertThat(reverted(change)).containsExactly(rule + " " + GONE_ALREADY);
  }

  @Test
  void ofTwoRulesOnlyTheOneThatSomebodyElseRemovedIsToldAsGoneAlready() {
    Change change = live(temporary(web.rules(port("443"), port("8443")), "8h"));
    String rule = stage.cloud().get(0).id();
    String other = stage.cloud().get(1).id();
    stage.sandbox().firewall().orElseThrow().remove(rule);
    stage.pass(TIME);

    assertThat(change.status.message())
        .isEqualTo("its time is over; removed, observed gone; 1 " + GONE_ALREADY);
    assertThat(reverted(change))
        .containsExactlyInAnyOrder(rule + " " + GONE_ALREADY, "removed " + other);
  }

  /** What one try removed and the next one finds gone was ours. */
  @Test
  void aRuleThatAnEarlierTryRemovedIsNotBlamedOnSomebodyElse() {
    Change change = live(web.expiringAfter("8h"));
    String rule = stage.cloud().get(0).id();
    listing = Optional.of(new ConnectorFailure.Transient("the cloud is away", null));
    stage.pass(TIME);
    assertThat(change.state()).isEqualTo(State.REVERTING);
    assertThat(stage.cloud()).isEmpty();
    listing = Optional.empty();
    stage.pass(Duration.ofMinutes(1));

    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(reverted(change)).containsExactly("removed " + rule);
  }

  @Test
  void aRuleIsNotCalledGoneAlreadyWhileNobodyCanLook() {
    Change change = live(web.expiringAfter("8h"));
    stage.sandbox().firewall().orElseThrow().remove(stage.cloud().get(0).id());
    listing = Optional.of(new ConnectorFailure.Refused("too many rules to judge"));
    stage.pass(TIME);

    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(change.status.message()).doesNotContain("gone already");
    listing = Optional.empty();
    stage.pass(Duration.ofMinutes(1));
    assertThat(change.status.message()).contains(GONE_ALREADY);
  }

  /** Somebody made another one with our mark, and removed ours. */
  @Test
  void aSecondRuleThatWasThereDoesNotHideThatTheFirstWasGone() {
    Change change = live(web.expiringAfter("8h"));
    String rule = stage.cloud().get(0).id();
    others.add(new LiveRule("twin", PARTNER, mark()));
    stage.sandbox().firewall().orElseThrow().remove(rule);
    stage.pass(TIME);

    assertThat(others).isEmpty();
    assertThat(reverted(change))
        .containsExactly("rule twin with the same mark was removed too", rule + " " + GONE_ALREADY);
  }

  private static List<String> reverted(Change change) {
    return change.status.evidence().stream()
        .filter(entry -> entry.what().equals("Reverted"))
        .flatMap(entry -> entry.facts().stream())
        .toList();
  }

  @Test
  void aGroupThatCannotBeReadKeepsNoRuleThatIsKnown() {
    Change change = live(web.expiringAfter("8h"));
    listing = Optional.of(new ConnectorFailure.Refused("too many rules to judge"));
    stage.pass(TIME);

    assertThat(stage.cloud()).isEmpty();
    assertThat(change.state())
        .as("what else is there was not seen")
        .isEqualTo(State.NEEDS_ATTENTION);
    listing = Optional.empty();
    stage.pass(Duration.ofMinutes(1));
    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(change.status.message()).contains("removed").contains("observed gone");
  }

  @Test
  void whatWasSeenIsToldAlsoIfAnotherRuleNeededAnotherTry() {
    Change change = live(temporary(web.rules(port("443"), port("8443")), "8h"));
    others.add(new LiveRule("by-hand", PARTNER, ""));
    others.add(new LiveRule("ghost", Rule.parse("Ingress tcp 8443 from 203.0.113.0/24"), mark()));
    stage.pass(TIME);
    assertThat(change.state()).isEqualTo(State.REVERTING);
    others.removeIf(rule -> rule.id().equals("ghost"));
    stage.pass(Duration.ofSeconds(8));

    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(change.status.message()).contains("2 changes removed", "an equal rule by-hand");
  }

  @Test
  void whatSomebodyWroteAtOurRuleDoesNotHideWhatToDo() {
    Change change = live(web.expiringAfter("8h"));
    stage.cloudSeenThrough =
        real -> new TakenOver(real, "\u001b[2J\u202eall is well\n" + "x".repeat(900));
    stage.pass(TIME);

    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(change.status.message())
        .contains("is not as it was made. If it is ours, remove it by hand; then request another")
        .doesNotContain("\u001b", "\u202e", "\n", "x".repeat(140));
  }

  @Test
  void whatWasThereBeforeAndIsGoneByNowIsNotSaidToStay() {
    others.add(new LiveRule("by-hand", PARTNER, ""));
    Change change = live(temporary(web.rules(port("443"), port("8443")), "8h"));
    others.clear();
    stage.pass(TIME);

    assertThat(change.status.message())
        .isEqualTo("its time is over; removed, observed gone; what was there before is gone");
    assertThat(change.status.evidence())
        .filteredOn(entry -> entry.what().equals("Reverted"))
        .flatExtracting(entry -> entry.facts())
        .contains("was there before, and is gone: by-hand");
  }

  @Test
  void anAccessThatWasThereBeforeAndIsGoneByNowIsNotSaidToStay() {
    Change change = allThereBefore();
    others.clear();
    stage.pass(TIME);

    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(change.status.message())
        .isEqualTo("its time is over; what was there before is gone");
  }

  @Test
  void anAccessThatWasThereBeforeAndStaysIsSeenToStay() {
    Change change = allThereBefore();
    stage.pass(TIME);

    assertThat(change.status.message()).isEqualTo("its time is over; what was there before stays");
    assertThat(others).hasSize(1);
  }

  /** Nothing has to be removed: a cloud that cannot be read keeps nobody from ending. */
  @Test
  void whatCouldNotBeLookedAtIsNotSaidToStay() {
    Change change = allThereBefore();
    listing = Optional.of(new ConnectorFailure.Refused("too many rules to judge"));
    stage.pass(TIME);

    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(change.status.message())
        .isEqualTo("its time is over; what was there before was left alone");
  }

  /** Somebody adds the rule in the moment before ours is made. */
  private Change allThereBefore() {
    stage.cloudSeenThrough = Shared::new;
    Change change = stage.submitted("web", web.expiringAfter("8h"));
    stage.justBeforeAnEffect = () -> others.add(new LiveRule("by-hand", PARTNER, ""));
    stage.vote(change, "ann", "security", true, "");
    stage.justBeforeAnEffect = () -> {};
    assertThat(others).hasSize(1);
    assertThat(change.state()).isEqualTo(State.IN_FORCE);
    return change;
  }

  private Change live(FirewallChangeSpec spec) {
    stage.cloudSeenThrough = Shared::new;
    Change change = stage.submitted("web", spec);
    stage.vote(change, "ann", "security", true, "");
    assertThat(change.state()).isEqualTo(State.IN_FORCE);
    return change;
  }

  private String mark() {
    return stage.cloud().get(0).marker();
  }

  /** A cloud in whose group there are rules of others. */
  private class Shared extends SeenThrough {
    Shared(FirewallProvider real) {
      super(real);
    }

    private Group with(Group group) {
      listing.ifPresent(
          failure -> {
            throw failure;
          });
      return new Group(group.id(), Stream.concat(group.rules().stream(), others.stream()).toList());
    }

    @Override
    public Group observe(String group) {
      return with(super.observe(group));
    }

    @Override
    public Optional<Group> group(String id) {
      return super.group(id).map(this::with);
    }

    @Override
    public LiveRule add(String group, Rule rule, String marker) {
      return others.stream()
          .filter(other -> other.rule().equals(rule))
          .findFirst()
          .orElseGet(() -> super.add(group, rule, marker));
    }

    @Override
    public Optional<Found> find(String rule) {
      Optional<Found> other =
          others.stream()
              .filter(it -> it.id().equals(rule) && !rule.startsWith("ghost"))
              .map(it -> new Found("web", it))
              .findFirst();
      return other.or(() -> super.find(rule));
    }

    @Override
    public void remove(String rule) {
      others.removeIf(other -> other.id().equals(rule) && !rule.startsWith("ghost"));
      super.remove(rule);
    }
  }

  /** Where somebody has given our rule a description of their own. */
  private final class TakenOver extends Shared {
    private final String description;

    TakenOver(FirewallProvider real, String description) {
      super(real);
      this.description = description;
    }

    @Override
    public Optional<Found> find(String rule) {
      return super.find(rule)
          .map(
              found ->
                  new Found(found.group(), new LiveRule(rule, found.rule().rule(), description)));
    }

    @Override
    public Optional<Group> group(String id) {
      return super.group(id).map(this::taken);
    }

    private Group taken(Group group) {
      return new Group(group.id(), group.rules().stream().map(this::taken).toList());
    }

    private LiveRule taken(LiveRule rule) {
      return others.contains(rule) ? rule : new LiveRule(rule.id(), rule.rule(), description);
    }
  }
}
