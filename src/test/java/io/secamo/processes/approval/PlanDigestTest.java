package io.secamo.processes.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.approval.PlanDigest.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What tells two plans apart, and that a plan keeps its digest over an upgrade. */
class PlanDigestTest {
  @Test
  void votesOutliveAnUpgradeBecauseAPlanKeepsItsDigest() {
    // SHA-256, computed elsewhere, of the text
    // 3:uid1:14:3f6c7:effects1:28:open 44310:naïve ✓8:findings1:0
    PlanDigest digest =
        PlanDigest.of(
            List.of(part("uid", "3f6c"), part("effects", "open 443", "naïve ✓"), part("findings")));

    assertThat(digest.sha256())
        .isEqualTo("9a2cf91feb9d373f1a7a4b6af13a0441223088b80123c6e5722b5440cf331dc5");
    assertThat(digest.shortForm()).isEqualTo("9a2cf91feb9d373f");
  }

  @Test
  void plansWhoseTextsOnlyTogetherAreTheSameAreDifferentPlans() {
    List<List<Part>> plans =
        List.of(
            List.of(),
            List.of(part("a")),
            List.of(part("a", "")),
            List.of(part("a", "", "")),
            List.of(part("a"), part("")),
            List.of(part("a"), part("b")),
            List.of(part("a", "b")),
            List.of(part("ab")),
            List.of(part("a", "b", "c")),
            List.of(part("a", "bc")),
            List.of(part("a", "b"), part("c")),
            List.of(part("a"), part("b", "c")),
            List.of(part("ab", "c")),
            List.of(part("a", "c", "b")),
            List.of(part("a", "b1:c")),
            List.of(part("a", "1:b")),
            List.of(part("a1:1", "b")));

    assertThat(plans.stream().map(PlanDigest::of)).doesNotHaveDuplicates();
  }

  @Test
  void everyPartAndEveryLineOfAPlanCounts() {
    List<Part> plan = List.of(part("uid", "1"), part("account", "cloud"), part("gained", "22"));
    Stream<List<Part>> others =
        Stream.of(
            with(plan, 0, part("uid", "2")),
            with(plan, 1, part("account", "clouds")),
            with(plan, 2, part("gained", "22", "23")),
            with(plan, 2, part("gained")),
            with(plan, 2, part("lost", "22")),
            plan.subList(0, 2),
            plan.reversed());

    assertThat(others.map(PlanDigest::of)).doesNotContain(PlanDigest.of(plan));
  }

  private static List<Part> with(List<Part> plan, int at, Part part) {
    List<Part> changed = new ArrayList<>(plan);
    changed.set(at, part);
    return changed;
  }

  private static Part part(String name, String... lines) {
    return new Part(name, List.of(lines));
  }
}
