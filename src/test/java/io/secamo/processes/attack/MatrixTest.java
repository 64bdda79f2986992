package io.secamo.processes.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nothing that the whole matrix tries is left out when the verbs take turns. */
class MatrixTest {
  private static final List<Attempt> FULL = Matrix.full();
  private static final List<Attempt> IN_TURN = Matrix.inTurn();

  @Test
  void everyPairOfTheWholeMatrixIsTriedWhenTheVerbsTakeTurns() {
    Map<Object, Set<Object>> tried = together(IN_TURN);
    together(FULL)
        .forEach(
            (one, others) -> assertThat(tried.get(one)).as(one.toString()).containsAll(others));
  }

  @Test
  void theSameAttemptsAreMadeInEveryRun() {
    assertThat(Matrix.inTurn()).isEqualTo(IN_TURN).hasSizeBetween(12_000, 17_000);
    assertThat(FULL).hasSizeGreaterThan(40_000);
  }

  /** What is met in one attempt: person, verb, trick, and so on, and each rule that it breaks. */
  private static Map<Object, Set<Object>> together(List<Attempt> attempts) {
    Map<Object, Set<Object>> pairs = new HashMap<>();
    for (Attempt a : attempts) {
      List<Object> met =
          new ArrayList<>(List.of(a.person(), a.verb(), a.part(), a.state(), a.stage(), a.trick()));
      met.addAll(Rules.brokenBy(a));
      for (int i = 1; i < met.size(); i++) {
        pairs.computeIfAbsent(met.get(i), one -> new HashSet<>()).addAll(met.subList(0, i));
      }
    }
    return pairs;
  }
}
