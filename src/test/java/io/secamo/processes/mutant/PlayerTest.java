package io.secamo.processes.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secamo.processes.systems.NeedsRealSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What counts as found when tests run in a Java machine of their own. */
class PlayerTest {
  @TempDir private Path folder;

  @Test
  void aTestThatFailsHasFoundIt() throws Exception {
    assertThat(played(Red.class, Duration.ofMinutes(5))).isEqualTo("fails()");
  }

  /** By the kernel when memory is short, or by a person who has had enough: 137, 143, 130. */
  @Test
  void testsThatWereKilledHaveFoundNothing() {
    assertThatThrownBy(() -> played(Killed.class, Duration.ofMinutes(5)))
        .isInstanceOf(NotPlayed.class)
        .hasMessageStartingWith("it ended with 137 and named no test, see ");
  }

  @Test
  void testsThatDoNotEndHaveFoundNothing() {
    assertThatThrownBy(() -> played(Red.class, Duration.ZERO))
        .isInstanceOf(NotPlayed.class)
        .hasMessageStartingWith("it did not end within 0 s, see ");
  }

  private String played(Class<?> test, Duration limit) throws IOException, InterruptedException {
    return new Player(folder).failed("it", List.of(test.getName()), NeedsRealSystem.NONE, limit);
  }

  static class Red {
    @Test
    void fails() {
      throw new AssertionError("as it should");
    }
  }

  static class Killed {
    @Test
    void isKilled() {
      Runtime.getRuntime().halt(137);
    }
  }
}
