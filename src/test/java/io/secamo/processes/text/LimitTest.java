package io.secamo.processes.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LimitTest {
  @Test
  void whatFitsStaysAsItIs() {
    assertThat(Limit.to(3, "abc")).isEqualTo("abc");
    assertThat(Limit.first(3, "abc")).isEqualTo("abc");
    assertThat(Limit.to(3, "😀😀😀")).isEqualTo("😀😀😀");
  }

  @Test
  void whatDoesNotFitIsCutBetweenCharacters() {
    assertThat(Limit.to(3, "abcd")).isEqualTo("ab…");
    assertThat(Limit.to(3, "a😀😀😀")).isEqualTo("a😀…");
    assertThat(Limit.first(2, "a😀😀")).isEqualTo("a😀");
  }
}
