package io.secamo.processes.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secamo.processes.expression.Vocabulary.Holds;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ExpressionTest {
  private static final Vocabulary WORDS =
      new Vocabulary()
          .variable(
              "plan",
              Map.of("summary", Holds.TEXT, "temporary", Holds.TRUTH),
              Map.of("findings", Map.of("id", Holds.TEXT, "severity", Holds.TEXT)))
          .variable("request", Map.of("spec", Holds.ANYTHING, "requestedBy", Holds.TEXT));
  private static final Map<String, Object> VALUES =
      Map.of(
          "plan",
          Map.of(
              "summary",
              "adds 1 rule",
              "temporary",
              true,
              "findings",
              List.of(Map.of("id", "FW-001", "severity", "Critical"))),
          "request",
          Map.of("requestedBy", "ann", "spec", Map.of("rules", List.of(Map.of("port", 443L)))));

  @Test
  void aConditionSpeaksAboutFindings() {
    assertThat(holds("plan.findings.exists(f, f.severity == 'Critical')")).isTrue();
    assertThat(holds("plan.findings.exists(f, f.severity == 'Low')")).isFalse();
    assertThat(holds("plan.temporary && size(plan.findings) == 1")).isTrue();
  }

  @Test
  void aConditionSpeaksAboutTheSpec() {
    assertThat(holds("request.spec.rules.all(r, r.port == 443)")).isTrue();
    assertThat(holds("has(request.spec.expiresAfter)")).isFalse();
  }

  @Test
  void aMisspeltFieldIsFoundWhenItIsWritten() {
    assertThatThrownBy(() -> compile("plan.findings.exists(f, f.sevrity == 'Critical')"))
        .isInstanceOf(ExpressionFailure.class)
        .hasMessageContaining("line 1, column 26")
        .hasMessageContaining("sevrity");
    assertThatThrownBy(() -> compile("plan.finding.size() > 0"))
        .isInstanceOf(ExpressionFailure.class)
        .hasMessageContaining("finding");
  }

  @Test
  void somethingElseThanAConditionIsRefused() {
    assertThatThrownBy(() -> compile("plan.summary")).isInstanceOf(ExpressionFailure.class);
    assertThatThrownBy(() -> compile("1 + ")).isInstanceOf(ExpressionFailure.class);
    assertThatThrownBy(() -> holds("request.spec.rules"))
        .isInstanceOf(ExpressionFailure.class)
        .hasMessageContaining("not true or false");
  }

  @Test
  void aMissingFieldIsAnErrorAndNotAnAnswer() {
    assertThatThrownBy(() -> holds("request.spec.nothing == 'x'"))
        .isInstanceOf(ExpressionFailure.class);
  }

  @Test
  void loopsWithoutEndAreCut() {
    String many = "[1,2,3,4,5,6,7,8,9,10,11,12]";
    String bomb =
        many + ".all(a, " + many + ".all(b, " + many + ".all(c, " + many + ".all(d, true))))";

    long began = System.nanoTime();
    assertThatThrownBy(() -> holds(bomb)).isInstanceOf(ExpressionFailure.class);
    assertThat((System.nanoTime() - began) / 1_000_000_000L).isLessThan(20);
  }

  @Test
  void tooLongAndTooDeepExpressionsAreRefused() {
    assertThatThrownBy(() -> compile("true" + " && true".repeat(400)))
        .isInstanceOf(ExpressionFailure.class);
    assertThatThrownBy(() -> compile("(".repeat(100) + "true" + ")".repeat(100)))
        .isInstanceOf(ExpressionFailure.class);
  }

  private static Expression compile(String text) {
    return Expression.compile(text, WORDS);
  }

  private static boolean holds(String text) {
    return compile(text).holds(VALUES);
  }
}
