package io.secamo.processes.systems;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tests that talk to a real outside system. They are skipped only if somebody says so by {@code
 * -Dreal.systems}; a system that does not start makes them fail.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsRealSystem.SwitchedOn.class)
public @interface NeedsRealSystem {
  /** The system, for people, for example {@code Request Tracker}. */
  String value();

  /** Skips unless {@code real.systems} is {@code all}. */
  final class SwitchedOn implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      String which = System.getProperty("real.systems", "all");
      if (which.equals("all")) {
        return ConditionEvaluationResult.enabled("real.systems is all");
      }
      String system =
          context
              .getTestClass()
              .map(type -> type.getAnnotation(NeedsRealSystem.class))
              .map(NeedsRealSystem::value)
              .orElse("a real system");
      return ConditionEvaluationResult.disabled(
          "needs " + system + ", switched off by -Dreal.systems=" + which);
    }
  }
}
