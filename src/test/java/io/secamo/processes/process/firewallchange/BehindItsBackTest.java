package io.secamo.processes.process.firewallchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.EffectState;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeSpec.Adoption;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.firewall.Rule;
import io.secamo.processes.process.firewallchange.KeptAliveTest.Cloud;
import io.secamo.processes.process.firewallchange.Stage.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What members of a cloud project do to its groups and rules while a request is under way. */
class BehindItsBackTest {
  private static final Rule PARTNER = Rule.parse("Ingress tcp 443 from 203.0.113.0/24");
  private final Stage stage = new Stage();
  private final Wanted web = new Wanted();

  @Test
  void aGroupThatTookTheNameAfterTheVotesIsNotOpenedByThem() {
    Map<String, String> names = new HashMap<>(Map.of("web", "g-web"));
    List<FirewallProvider.LiveRule> database = new ArrayList<>();
    stage.cloudSeenThrough = real -> new Renamed(real, names, database);
    Change change = stage.submitted("web", web.build());
    String approved = change.status.plan().digest();
    names.put("web", "g-database");
    stage.vote(change, "ann", "security", true, "");

    assertThat(database).isEmpty();
    assertThat(stage.cloud()).isEmpty();
    assertThat(change.state()).isEqualTo(State.AWAITING_APPROVAL);
    assertThat(change.status.plan().digest()).isNotEqualTo(approved);
    assertThat(change.status.votes()).isEmpty();
    assertThat(change.status.message())
        .contains("security group web was another one, is g-database");

    stage.vote(change, "ann", "security", true, "");
    assertThat(change.state()).isEqualTo(State.COMPLETED);
    assertThat(database).hasSize(1);
  }

  @Test
  void aGroupThatKeptItsIdIsOpenedByTheVotesForIt() {
    Map<String, String> names = new HashMap<>(Map.of("web", "g-web"));
    stage.cloudSeenThrough = real -> new Renamed(real, names, new ArrayList<>());
    Change change = stage.submitted("web", web.build());
    stage.vote(change, "ann", "security", true, "");

    assertThat(change.state()).isEqualTo(State.COMPLETED);
    assertThat(stage.cloud()).hasSize(1);
  }

  @Test
  void anEqualRuleThatAppearsAfterTheVotesIsAnErrorToo() {
    Change change = stage.submitted("web", web.adoption(Adoption.NEVER));
    stage.sandbox().firewall().orElseThrow().add("web", PARTNER, "made by hand");
    stage.vote(change, "ann", "security", true, "");

    assertThat(change.state()).isEqualTo(State.REJECTED);
    assertThat(change.status.message()).contains("is there already", "spec.adoption is Never");
    assertThat(stage.cloud()).extracting(r -> r.marker()).containsExactly("made by hand");
  }

  @Test
  void anEqualRuleThatAppearsAfterTheVotesIsReliedOnWhereThatIsAllowed() {
    Change change = stage.submitted("web", web.adoption(Adoption.REFERENCE));
    stage.sandbox().firewall().orElseThrow().add("web", PARTNER, "made by hand");
    stage.vote(change, "ann", "security", true, "");

    assertThat(change.status.effects()).anyMatch(e -> e.state() == EffectState.REFERENCED);
  }

  @Test
  void anAccessThatSomebodyElseKeepsOpenIsNotToldAsOver() {
    Change change = stage.submitted("web", web.expiringAfter("8h"));
    stage.vote(change, "ann", "security", true, "");
    stage.cloudSeenThrough = real -> new Replaced(real, "");
    stage.pass(Duration.ofHours(8));

    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(change.status.message())
        .isEqualTo(
            "its time is over; was gone already: somebody else removed it, or a try of ours that"
                + " was not recorded; an equal rule by-hand, which is not ours, is still there");
    assertThat(change.status.evidence())
        .filteredOn(entry -> entry.what().equals("Reverted"))
        .singleElement()
        .satisfies(
            entry ->
                assertThat(entry.facts())
                    .contains("an equal rule by-hand, which is not ours, is still there"));
    assertThat(stage.tickets().get(0).get("comments")).contains("an equal rule by-hand");
  }

  @Test
  void anAccessThatAnotherRequestOpenedAnewIsToldAsItsOwn() {
    Change change = stage.submitted("web", web.expiringAfter("8h"));
    stage.vote(change, "ann", "security", true, "");
    String other = stage.cloud().get(0).marker().replace("u=uidweb01", "u=another0");
    stage.cloudSeenThrough = real -> new Replaced(real, other);
    stage.pass(Duration.ofHours(8));

    assertThat(change.status.message())
        .endsWith("an equal rule by-hand, which another request made, is still there");
  }

  /** Its groups have ids that are not their names, and a name can be given to another group. */
  private static final class Renamed extends Cloud {
    private final Map<String, String> names;
    private final List<LiveRule> database;

    Renamed(FirewallProvider real, Map<String, String> names, List<LiveRule> database) {
      super(real, Optional.empty());
      this.names = names;
      this.database = database;
    }

    @Override
    public Group observe(String group) {
      return group(names.get(group)).orElseThrow();
    }

    @Override
    public Optional<Group> group(String id) {
      return Optional.of(
          new Group(id, id.equals("g-web") ? real.observe("web").rules() : List.copyOf(database)));
    }

    @Override
    public LiveRule add(String group, Rule rule, String marker) {
      if (group.equals("g-web")) {
        return real.add("web", rule, marker);
      }
      database.add(new LiveRule("in-the-database", rule, marker));
      return database.get(0);
    }
  }

  /** Somebody removed our rule and made an equal one with another mark. */
  private static final class Replaced extends Cloud {
    private final String marker;

    Replaced(FirewallProvider real, String marker) {
      super(real, Optional.empty());
      this.marker = marker;
    }

    @Override
    public Optional<Group> group(String id) {
      return Optional.of(new Group(id, List.of(new LiveRule("by-hand", PARTNER, marker))));
    }

    @Override
    public Optional<Found> find(String rule) {
      return Optional.empty();
    }

    @Override
    public void remove(String rule) {
      assertThat(rule).as("what is not ours stays").isNotEqualTo("by-hand");
    }
  }
}
