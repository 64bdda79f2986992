package io.secamo.processes.kubernetes.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.orchestrator.ApprovalPolicySpec;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec.Gate;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec.Rule;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What {@code kubectl get approvalpolicies} shows of the gates. */
class GatesShownTest {
  @Test
  void theGatesOfEveryRuleAreShownOnce() {
    assertThat(
            shown(
                new Rule("standard", null, null, true),
                rule("usual", "security"),
                rule("risky", "security", "owner")))
        .isEqualTo("security, owner");
  }

  @Test
  void whereNobodyHasToVoteItSaysSo() {
    assertThat(shown(new Rule("standard", null, null, true))).isEqualTo("none");
  }

  @Test
  void manyGatesDoNotMakeTheStatusTooLong() {
    Rule[] rules =
        IntStream.range(0, 20)
            .mapToObj(i -> rule("r" + i, "a-gate-with-a-name-of-forty-letters-" + i))
            .toArray(Rule[]::new);
    assertThat(shown(rules)).hasSizeLessThanOrEqualTo(300).endsWith("…");
  }

  private static String shown(Rule... rules) {
    return ApprovalPolicyReconciler.gates(new ApprovalPolicySpec(List.of(rules), null, null, null));
  }

  private static Rule rule(String name, String... gates) {
    List<Gate> asked = List.of(gates).stream().map(g -> new Gate(g, 1, null, null, null)).toList();
    return new Rule(name, null, asked, null);
  }
}
