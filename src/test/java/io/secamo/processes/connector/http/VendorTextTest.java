package io.secamo.processes.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VendorTextTest {
  private static final String TOKEN = "KLMNOPQ-0123456789";

  @Test
  void aSecretOfOneLetterDoesNotMakeALongAnswerLonger() {
    String body = "a".repeat(4 * 1024 * 1024);
    assertThat(VendorText.shown(body, List.of("a"))).isEqualTo("(secret)");
    assertThat(VendorText.shown("said " + body, List.of("a", "s"))).doesNotContain("aa");
  }

  /** Wherever the answer is cut, before or after white space was left out. */
  @Test
  void noPartOfASecretIsLeftWhereALongAnswerIsCut() {
    for (int before = 3980; before <= 4001; before++) {
      String spaces = " ".repeat(before);
      assertThat(VendorText.shown(spaces + TOKEN + "x".repeat(9000), List.of(TOKEN)))
          .doesNotContainPattern("[A-Z0-9]");
    }
    for (int before = 280; before <= 300; before++) {
      assertThat(VendorText.shown("x".repeat(before) + TOKEN + "y", List.of(TOKEN)))
          .doesNotContainPattern("[A-Z0-9]")
          .hasSizeLessThanOrEqualTo(300);
    }
  }

  @Test
  void manySecretsDoNotMoveAPartOfOneIntoSight() {
    String secret = "S".repeat(1000) + "!";
    assertThat(VendorText.shown((secret + " ").repeat(50), List.of(secret))).isEqualTo("(secret)");
  }

  /** Of a tenant's own system, which chooses its token and what it says of it. */
  @Test
  @Timeout(value = 5, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aLongTokenAndAnAnswerFullOfItTakeNobodysTime() {
    String token = "+".repeat(16_000);
    for (int i = 0; i < 20; i++) {
      assertThat(VendorText.shown("+".repeat(17_000), List.of(token))).isEqualTo("(secret)");
      assertThat(VendorText.shown("%2b".repeat(6_000), List.of("+".repeat(63) + "-")))
          .doesNotContain("(secret)");
    }
  }

  @Test
  void secretsThatOverlapAreBothStruckOut() {
    assertThat(VendorText.shown("got abab-cd.", List.of("aba", "ab-c")))
        .isEqualTo("got (secret)d.");
  }

  /** As programs write a text into JSON, an address, a page or a header. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "k4\"7\\1/&<é'1 z",
        "k4\\\"7\\\\1/&<é'1 z",
        "k4\\\"7\\\\1\\/&<\\u00e9'1 z",
        "k4\\u00227\\\\1/\\u0026\\u003c\\u00E9\\u00271 z",
        "k4%227%5C1%2F%26%3C%C3%A9%271+z",
        "k4%227%5c1%2f%26%3c%c3%a9%271%20z",
        "k4%227%5C1/%26%3C%C3%A9'1%20z",
        "k4&quot;7\\1/&amp;&lt;é&#39;1 z",
        "k4&#34;7\\1/&amp;&lt;é&#x27;1 z",
        "azQiN1wxLyY8w6knMSB6",
        "b3BlcmF0b3I6azQiN1wxLyY8w6knMSB6",
        "b3BlcmF0b3IxOms0IjdcMS8mPMOpJzEgeg==",
        "b3BlcmF0b3ItMTprNCI3XDEvJjzDqScxIHo="
      })
  void aSecretIsNotShownInAnotherSpellingEither(String spelled) {
    String secret = "k4\"7\\1/&<é'1 z";
    assertThat(VendorText.shown("got <" + spelled + ">", List.of(secret)))
        .startsWith("got <")
        .contains("(secret)")
        .doesNotContain("k4")
        .doesNotContainPattern("7.{0,3}1")
        .doesNotContain("N1wx")
        .doesNotContain("I3XD")
        .doesNotContain("jdcM");
  }

  @Test
  void whatIsShownIsOneLine() {
    assertThat(VendorText.line(100, " a\r\nb\u2028c\u0007\u00a0 d\u202e ")).isEqualTo("a b c d");
    assertThat(VendorText.line(10, "x".repeat(50))).hasSize(10).endsWith("…");
  }

  @Test
  void wordsAreCollectedUntilThereIsEnoughToShow() {
    ObjectNode inner = JsonNodeFactory.instance.objectNode().put("message", "no");
    ArrayNode many = JsonNodeFactory.instance.arrayNode().add(inner).add("entry");
    assertThat(VendorText.of(many)).isEqualTo("no; entry");
    for (int i = 0; i < 100_000; i++) {
      many.add("0123456789");
    }
    assertThat(VendorText.of(many)).hasSizeLessThan(5000);
  }
}
