package io.secamo.processes.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How many of something, for people. */
class AmountTest {
  @Test
  void onlyOneIsOne() {
    assertThat(Amount.of(0, "vote")).isEqualTo("0 votes");
    assertThat(Amount.of(1, "vote")).isEqualTo("1 vote");
    assertThat(Amount.of(2, "vote")).isEqualTo("2 votes");
    assertThat(Amount.of(1, "entry", "entries")).isEqualTo("1 entry");
    assertThat(Amount.of(21, "entry", "entries")).isEqualTo("21 entries");
  }
}
