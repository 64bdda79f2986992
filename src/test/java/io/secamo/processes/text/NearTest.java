package io.secamo.processes.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearTest {
  @Test
  void whoMistypedANameFindsTheOneTheyMeantFirst() {
    List<String> there = List.of("default", "mail", "db-prod", "web", "web-prod", "Web-test");
    assertThat(Near.to("wbe", there).get(0)).isEqualTo("web");
    assertThat(Near.to("webprod", there).get(0)).isEqualTo("web-prod");
    assertThat(Near.to("web-tets", there).get(0)).isEqualTo("Web-test");
    assertThat(Near.to("bd-prod", there).get(0)).isEqualTo("db-prod");
  }

  @Test
  void namesThatAreAsNearAsEachOtherComeByTheAlphabet() {
    assertThat(Near.to("x", List.of("c", "a", "b"))).containsExactly("a", "b", "c");
  }

  @Test
  void nobodyReadsAHundredNames() {
    List<String> there = List.of("a1", "a2", "a3", "a4", "a5", "a6");
    assertThat(Near.told("it", "a", there)).isEqualTo("it has: a1, a2, a3, a4, a5, …");
    assertThat(Near.told("it", "a", there.subList(0, 5))).isEqualTo("it has: a1, a2, a3, a4, a5");
    assertThat(Near.told("it", "a", List.of())).isEqualTo("it has none");
  }
}
