package io.secamo.processes.systems;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Tests that talk to a real system. {@code ./mvnw test} leaves them out. With {@code
 * -Dreal.systems=auto}, the default, those are skipped, loudly, whose system this machine cannot
 * run; with {@code all} they fail; with {@code none} all of them are skipped.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("real")
@ExtendWith(NeedsRealSystem.Possible.class)
public @interface NeedsRealSystem {
  /** The property that says what happens where a machine cannot run a system. */
  String PROPERTY = "real.systems";

  /** They are skipped, loudly. */
  String AUTO = "auto";

  /** They fail. */
  String ALL = "all";

  /** Nothing is asked: every test that needs a real system is skipped. */
  String NONE = "none";

  /** The systems, all of which are needed. */
  RealSystem[] value();

  /** Skips only what somebody switched off or what this machine cannot run. */
  final class Possible implements ExecutionCondition {
    private static final List<String> MODES = List.of(AUTO, ALL, NONE);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      String mode = System.getProperty(PROPERTY, AUTO);
      if (!MODES.contains(mode)) {
        throw new IllegalArgumentException("-Dreal.systems=" + mode + ": write one of " + MODES);
      }
      RealSystem[] needed =
          AnnotationSupport.findAnnotation(context.getRequiredTestClass(), NeedsRealSystem.class)
              .map(NeedsRealSystem::value)
              .orElseThrow();
      Optional<String> obstacle =
          switch (mode) {
            case ALL -> Optional.empty();
            case NONE -> Optional.of("switched off by -Dreal.systems=none");
            default -> Arrays.stream(needed).flatMap(s -> s.missing().stream()).findFirst();
          };
      return obstacle
          .map(why -> ConditionEvaluationResult.disabled(names(needed) + ": " + why))
          .orElseGet(() -> ConditionEvaluationResult.enabled(names(needed) + " can run"));
    }

    private static String names(RealSystem... needed) {
      return String.join(", ", Arrays.stream(needed).map(RealSystem::title).toList());
    }
  }
}
