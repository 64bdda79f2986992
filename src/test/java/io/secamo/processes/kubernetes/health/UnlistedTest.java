package io.secamo.processes.kubernetes.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An operator that cannot watch everything removes what is due, and begins anew when it can. */
class UnlistedTest {
  private final List<String> told = new ArrayList<>();
  private List<String> now = List.of("Connection", "ChangeWindow");

  @Test
  void theOperatorBeginsAnewWhenSomethingCanBeListedAgainAndNotBefore() {
    try (Unlisted unlisted = new Unlisted(now, () -> now, told::add)) {
      unlisted.look();
      assertThat(told).isEmpty();
      now = List.of("Connection", "ChangeWindow", "ApprovalPolicy");
      unlisted.look();
      assertThat(told).as("another restart would make it worse").isEmpty();
      now = List.of("Connection");
      unlisted.look();
      assertThat(told)
          .containsExactly("what could not be listed at the start can be listed now: to watch it");
    }
  }

  @Test
  void anApiServerThatDoesNotAnswerEndsNothing() {
    try (Unlisted unlisted =
        new Unlisted(
            now,
            () -> {
              throw new IllegalStateException("no answer");
            },
            told::add)) {
      unlisted.look();
      assertThat(told).isEmpty();
    }
  }
}
