package io.secamo.processes.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/** When a mutant counts as found. */
class SuiteTest {
  @Test
  void aSuiteWhoseTestsAreAllSkippedProvesNothing() {
    assertThat(failed(Skipped.class)).containsExactly("nothing, because all tests were skipped");
    assertThat(failed(Green.class)).isEmpty();
    assertThat(failed(Skipped.class, Green.class)).isEmpty();
  }

  private static List<String> failed(Class<?>... classes) {
    List<String> failed = new ArrayList<>();
    Suite.play(List.of(classes).stream().map(Class::getName).toList(), failed::add);
    return failed;
  }

  static class Skipped {
    @Test
    @Disabled("so that there is a test that is skipped")
    void isNotRun() {
      throw new AssertionError("it was run");
    }
  }

  static class Green {
    @Test
    void isRun() {
      assertThat(Green.class).isNotNull();
    }
  }
}
