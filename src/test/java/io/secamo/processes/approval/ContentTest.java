package io.secamo.processes.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two records that say different things never give the same lines. */
class ContentTest {
  /** Names and values in all forms that a spec has. */
  public record Whole(
      @Nullable String text, @Nullable List<Part> parts, @Nullable Map<String, String> labels) {}

  /** A piece of it. */
  public record Part(String name, @Nullable Integer number) {}

  @Test
  void eachValueIsThereWithTheWayToIt() {
    Whole whole = new Whole("a", List.of(new Part("b", 2)), Map.of("k", "v"));
    assertThat(Content.of(whole))
        .containsExactly(
            ".",
            ".text",
            "a",
            ".parts#",
            "1",
            ".parts[0].",
            ".parts[0].name",
            "b",
            ".parts[0].number",
            "2",
            ".labels key",
            "k",
            ".labels value",
            "v");
  }

  @Test
  void whatIsNotGivenLeavesNoLine() {
    assertThat(Content.of(null)).isEmpty();
    assertThat(Content.of(new Whole(null, null, null))).containsExactly(".");
    assertThat(Content.of(new Whole(null, List.of(), null)))
        .as("an empty list is another thing than none")
        .isNotEqualTo(Content.of(new Whole(null, null, null)));
  }

  @Test
  void theOrderOfLabelsMeansNothingAndThatOfAListDoes() {
    Part one = new Part("a", null);
    Part other = new Part("b", null);
    assertThat(Content.of(new Whole(null, List.of(one, other), null)))
        .isNotEqualTo(Content.of(new Whole(null, List.of(other, one), null)));
    Map<String, String> there = new java.util.LinkedHashMap<>();
    there.put("x", "1");
    there.put("y", "2");
    Map<String, String> back = new java.util.LinkedHashMap<>();
    back.put("y", "2");
    back.put("x", "1");
    assertThat(Content.of(new Whole(null, null, there)))
        .isEqualTo(Content.of(new Whole(null, null, back)));
  }

  @Test
  void aValueThatLooksLikeAnotherOneIsAnotherOne() {
    assertThat(Content.of(new Whole("a\n.labels key", null, null)))
        .isNotEqualTo(Content.of(new Whole("a", null, Map.of("", ""))));
  }
}
