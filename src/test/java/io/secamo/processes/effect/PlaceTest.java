package io.secamo.processes.effect;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.Effect;
import io.secamo.processes.api.EffectState;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.connector.Account;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlaceTest {
  private static final Place HERE = new Place("cloud (u1) at https://a", "project 1", "group 1");

  @Test
  void whatAnEarlierVersionDidNotWriteIsTakenFromThePlan() {
    Effect old = new Effect("key", "Apply", EffectState.DONE, null, "r1");
    Effect now = new Effect("key", "Apply", EffectState.DONE, null, "r1", "c", "a", "t");

    assertThat(Place.of(old, Optional.of(plan()))).contains(new Place("planned at", "planned", ""));
    assertThat(Place.of(now, Optional.of(plan()))).contains(new Place("c", "a", "t"));
  }

  @Test
  void whereNothingIsKnownThereIsNoPlace() {
    Effect old = new Effect("key", "Apply", EffectState.DONE, null, "r1");
    Effect half = new Effect("key", "Apply", EffectState.DONE, null, "r1", "c", null, null);

    assertThat(Place.of(old, Optional.empty())).isEmpty();
    assertThat(Place.of(half, Optional.empty())).isEmpty();
  }

  @Test
  void aConnectionThatWasMadeAnewLeadsToTheSameIfItsEndpointDoes() {
    String cloud = "cloud (u1) at https://a";
    assertThat(Place.leadsToTheSame(cloud, "cloud (u2) at https://a")).isTrue();
    assertThat(Place.leadsToTheSame(cloud, "cloud (u1) at https://b")).isFalse();
    assertThat(Place.leadsToTheSame(cloud, "cloud (u1)")).isFalse();
    assertThat(Place.leadsToTheSame("toy (u1)", "toy (u2)")).isTrue();
  }

  @Test
  void anAccountIsTheSameByAnotherNameAndAlsoWhereItsRegionWasNotRecorded() {
    Place now = new Place("c", "(p1) at https://k, region one", "");
    assertThat(now.sameThing(new Place("c", "OpenStack project old (p1) at https://k", "")))
        .isTrue();
    assertThat(now.sameThing(new Place("c", "(p1) at https://k, region two", ""))).isFalse();
    assertThat(now.sameThing(new Place("c", "(p2) at https://k, region one", ""))).isFalse();
    assertThat(now.sameThing(new Place("c", "OpenStack project x (p1) at https://k2", "")))
        .isFalse();
  }

  /** A catalogue names the region, and whoever runs a cloud writes its catalogue. */
  @Test
  void aRegionThatIsWordedLikeAnotherAccountIsNotThatAccount() {
    Place victim = new Place("c", "(p1) at https://k, region one", "g");
    Place evil = new Place("e", "(x) at https://evil, region z (p1) at https://k, region one", "g");
    assertThat(victim.sameThing(evil)).isFalse();
    assertThat(evil.sameThing(victim)).isFalse();
    Place nowhere = new Place("c", "(p1) at https://k", "g");
    assertThat(
            nowhere.sameThing(
                new Place("e", "(x) at https://evil, region (p1) at https://k, region z", "g")))
        .isFalse();
    assertThat(new Place("e", "OpenStack project (p1) at https://k (x) at https://evil", "g"))
        .matches(place -> !place.sameThing(nowhere));
  }

  @Test
  void whoIsAskedNamesTheRegionThatWasRecorded() {
    String recorded = "(p1) at https://k, region one";
    assertThat(new Account("OpenStack project a " + recorded, recorded).is(recorded)).isTrue();
    assertThat(new Account("OpenStack project a (p1) at https://k", "(p1) at https://k"))
        .matches(now -> !now.is(recorded));
    assertThat(new Account("OpenStack project a " + recorded, recorded).is("(p1) at https://k"))
        .as("recorded before regions were")
        .isTrue();
  }

  @Test
  void anIdMeansTheSameThingInOneAccountAndTargetOnly() {
    assertThat(HERE.sameThing(new Place("another", "project 1", "group 1"))).isTrue();
    assertThat(HERE.sameThing(new Place("another", "project 1", ""))).isTrue();
    assertThat(new Place("another", "project 1", "").sameThing(HERE)).isTrue();
    assertThat(HERE.sameThing(new Place(HERE.connection(), "project 1", "group 2"))).isFalse();
    assertThat(HERE.sameThing(new Place(HERE.connection(), "project 2", "group 1"))).isFalse();
    assertThat(HERE.sameThing(new Place(HERE.connection(), "project 2", ""))).isFalse();
  }

  /** Earlier versions recorded addresses as people spelled them. */
  @Test
  void anAddressThatIsSpelledAnotherWayLeadsToTheSameSystem() {
    Place then = new Place("c", "OpenStack project x (p1) at https://Keys.Example:443/v3/", "");
    Place now = new Place("c", "(p1) at https://keys.example/v3, region one", "");
    assertThat(now.sameThing(then)).isTrue();
    assertThat(then.sameThing(now)).isTrue();
    assertThat(now.sameThing(new Place("c", "(p1) at https://keys.example:8443/v3", ""))).isFalse();
    assertThat(now.sameThing(new Place("c", "(p1) at https://keys.example/V3", ""))).isFalse();
    assertThat(
            Place.leadsToTheSame(
                "c (u1) at HTTPS://Keys.Example:443/", "d (u2) at https://keys.example"))
        .isTrue();
    assertThat(
            Place.leadsToTheSame("c (u1) at https://keys.example", "c (u1) at https://k.example"))
        .isFalse();
  }

  private static Plan plan() {
    return new Plan(
        "digest",
        "sha256",
        "summary",
        List.of(),
        null,
        null,
        null,
        null,
        null,
        "planned",
        "planned at",
        "policy",
        null,
        null,
        null,
        null,
        Instant.EPOCH);
  }
}
