package io.secamo.processes.process.opening;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.firewall.Rule;
import org.junit.jupiter.api.Test;

/** A rule on the firewall says whose it is, and nobody else's rule is taken for ours. */
class MarkerTest {
  private static final Rule PARTNER = Rule.parse("Ingress tcp 443 from 203.0.113.0/24");
  private final Marker marker = marker("C1u5-te12-0000", "5E6F7A8B-9999", "web");

  @Test
  void theMarkerNamesClusterRequestRuleAndAddress() {
    assertThat(marker.text(PARTNER))
        .isEqualTo("process c=c1u5te12 u=5e6f7a8b r=f775bb3d team-a/web");
    assertThat(marker("c-1", "u1", "web").text(PARTNER))
        .isEqualTo("process c=c1 u=u1 r=f775bb3d team-a/web");
  }

  @Test
  void aLongNameIsCutAndTheMarkerIsStillOurs() {
    String head = "process c=c1u5te12 u=5e6f7a8b r=f775bb3d team-a/";
    int room = 140 - head.length();
    assertThat(marker("c1u5te12", "5e6f7a8b", "x".repeat(room)).text(PARTNER))
        .isEqualTo(head + "x".repeat(room));
    String cut = marker("c1u5te12", "5e6f7a8b", "x".repeat(room + 1)).text(PARTNER);
    assertThat(cut).isEqualTo(head + "x".repeat(room));
    assertThat(marker.ofThisRequest(cut)).isTrue();
  }

  @Test
  void anotherRequestsRuleIsOursButNotMine() {
    String other = marker("C1u5te12", "99999999", "web").text(PARTNER);
    assertThat(marker.ofThisCluster(other)).isTrue();
    assertThat(marker.ofThisRequest(other)).isFalse();
    assertThat(marker.ofThisCluster(marker.text(PARTNER))).isTrue();
  }

  @Test
  void anotherClustersRuleIsNotOurs() {
    String other = marker("c2u5te12", "5E6F7A8B", "web").text(PARTNER);
    assertThat(marker.ofThisCluster(other)).isFalse();
    assertThat(marker.ofThisRequest(other)).isFalse();
    assertThat(marker.ofThisCluster("made by hand")).isFalse();
  }

  private static Marker marker(String cluster, String uid, String name) {
    return new Marker(cluster, uid, "team-a/" + name);
  }
}
