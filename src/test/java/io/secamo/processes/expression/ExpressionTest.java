package io.secamo.processes.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secamo.processes.expression.Vocabulary.Holds;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a condition may say, what it holds for, and where it is cut short. */
final class ExpressionTest {
  private static final Map<String, Object> VALUES =
      Map.of(
          "plan",
          Map.of(
              "summary",
              "adds 1 rule",
              "temporary",
              true,
              "count",
              3L,
              "effects",
              List.of("open 443"),
              "labels",
              Map.of("stage", "production"),
              "findings",
              List.of(Map.of("id", "FW-001", "severity", "Critical"))),
          "request",
          Map.of("requestedBy", "ann", "spec", Map.of("rules", List.of(Map.of("port", 443L)))));

  private final Vocabulary words =
      new Vocabulary()
          .variable(
              "plan",
              Map.of(
                  "summary", Holds.TEXT,
                  "temporary", Holds.TRUTH,
                  "count", Holds.NUMBER,
                  "effects", Holds.TEXTS,
                  "labels", Holds.LABELS),
              Map.of("findings", Map.of("id", Holds.TEXT, "severity", Holds.TEXT)))
          .variable("request", Map.of("spec", Holds.ANYTHING, "requestedBy", Holds.TEXT));

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

  /** {@code connection.labels[stage]}: the quotes are missing, and nobody knows of containers. */
  @Test
  void whoForgetsTheQuotesIsToldWhatThereIs() {
    assertThatThrownBy(() -> compile("plan.labels[stage] == 'production'"))
        .isInstanceOf(ExpressionFailure.class)
        .hasMessage(
            "line 1, column 13: 'stage' is not known: there are plan and request, and a text"
                + " stands in quotes");
  }

  @Test
  void somethingElseThanAConditionIsRefused() {
    assertThatThrownBy(() -> compile("plan.summary"))
        .isInstanceOf(ExpressionFailure.class)
        .hasMessage("line 1, column 5: expected type 'bool' but found 'string'");
    assertThatThrownBy(() -> compile("plan.temporary &&\n 1 + "))
        .isInstanceOf(ExpressionFailure.class)
        .hasMessageStartingWith("line 2, column 6: mismatched input");
    assertThatThrownBy(() -> holds("request.spec.rules"))
        .isInstanceOf(ExpressionFailure.class)
        .hasMessageContaining("not true or false");
  }

  @Test
  void aMissingFieldIsAnErrorAndNotAnAnswer() {
    assertThatThrownBy(() -> holds("request.spec.nothing == 'x'"))
        .isInstanceOf(ExpressionFailure.class)
        .hasMessageContaining("key 'nothing' is not present");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plan.count + 1 == 4",
        "plan.labels['stage'] + '!' == 'production!'",
        "'open 443' in plan.effects",
        "plan.findings.map(f, f.id + ': ' + f.severity) == ['FW-001: Critical']",
        "!(!plan.temporary)"
      })
  void fieldsHoldWhatIsSaidOfThem(String text) {
    assertThat(holds(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plan.count == '3'",
        "plan.labels['stage'] == 1",
        "1 in plan.effects",
        "plan.findings.exists(f, f.id == 1)",
        "plan.temporary == 'yes'",
        "plan.summary == true",
        "other.name == 'x'"
      })
  void whatAFieldCannotHoldIsFoundWhenItIsWritten(String text) {
    assertThatThrownBy(() -> compile(text))
        .isInstanceOf(ExpressionFailure.class)
        .hasMessageStartingWith("line 1, column ");
  }

  @Test
  void aPatternThatIsNoneOrTooLongIsAnErrorAndNotAnAnswer() {
    assertThat(holds("plan.summary.matches('^adds [0-9]{1,3} rules?$')")).isTrue();
    assertThatThrownBy(() -> holds("plan.summary.matches('(')"))
        .isInstanceOf(ExpressionFailure.class)
        .hasMessageContaining("missing closing )");
    assertThatThrownBy(() -> holds("plan.summary.matches('(a{90}){90}')"))
        .isInstanceOf(ExpressionFailure.class)
        .hasMessageContaining("exceeds allowed program size. Allowed: 1000");
  }

  @Test
  void loopsAreCutAfterTenThousandRoundsAndNotBefore() {
    String dozen = "[1,2,3,4,5,6,7,8,9,10,11,12]";
    String thousands = dozen + ".all(a, " + dozen + ".all(b, " + dozen + ".all(c, true)))";

    assertThat(holds(thousands)).isTrue();
    assertThatThrownBy(() -> holds(dozen + ".all(d, " + thousands + ")"))
        .isInstanceOf(ExpressionFailure.class)
        .hasMessageContaining("Iteration budget exceeded: 10000");
  }

  @Test
  void tooLongAndTooDeepExpressionsAreRefused() {
    assertThat(holds("true" + " && true".repeat(200))).isTrue();
    assertThatThrownBy(() -> compile("true" + " && true".repeat(400)))
        .isInstanceOf(ExpressionFailure.class)
        .hasMessageContaining("size exceeds limit: size: 3204, limit 2000");
    assertThat(holds("(".repeat(20) + "true" + ")".repeat(20))).isTrue();
    assertThatThrownBy(() -> compile("(".repeat(100) + "true" + ")".repeat(100)))
        .isInstanceOf(ExpressionFailure.class)
        .hasMessageContaining("limit: 40");
  }

  private Expression compile(String text) {
    return Expression.compile(text, words);
  }

  private boolean holds(String text) {
    return compile(text).holds(VALUES);
  }
}
