package io.secamo.processes.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
    assertThat(VendorText.shown((secret + " ").repeat(50), List.of(secret)))
        .startsWith("(secret) (secret)")
        .doesNotContain("S");
  }

  @Test
  void secretsThatOverlapAreBothStruckOut() {
    assertThat(VendorText.shown("got abab-cd.", List.of("aba", "ab-c")))
        .isEqualTo("got (secret)d.");
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
