package io.secamo.processes.controlplane;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Marks tests that need the real API server; {@code -Dreal.systems=none} switches them off. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("controlplane")
@ExtendWith(OnControlPlane.Condition.class)
public @interface OnControlPlane {
  /** Off only if somebody said so; a control plane that does not start makes the test fail. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return "none".equals(System.getProperty("real.systems", "all"))
          ? ConditionEvaluationResult.disabled("switched off by -Dreal.systems=none")
          : ConditionEvaluationResult.enabled("needs the real API server");
    }
  }
}
