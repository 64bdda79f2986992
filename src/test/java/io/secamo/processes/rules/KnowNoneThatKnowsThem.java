package io.secamo.processes.rules;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** That no two classes of a package know each other, nested ones counted with the outer one. */
final class KnowNoneThatKnowsThem extends ArchCondition<JavaClass> {
  private final TreeMap<String, Set<String>> known = new TreeMap<>();

  /** Judges all classes at once. */
  KnowNoneThatKnowsThem() {
    super("know none of their package that knows them");
  }

  @Override
  public void check(JavaClass one, ConditionEvents events) {
    for (Dependency dependency : one.getDirectDependenciesFromSelf()) {
      JavaClass other = dependency.getTargetClass();
      if (other.getPackageName().equals(one.getPackageName()) && !outer(other).equals(outer(one))) {
        known.computeIfAbsent(outer(one), name -> new TreeSet<>()).add(outer(other));
      }
    }
  }

  @Override
  public void finish(ConditionEvents events) {
    known.forEach(
        (one, others) ->
            others.stream()
                .filter(other -> one.compareTo(other) < 0)
                .filter(other -> known.getOrDefault(other, Set.of()).contains(one))
                .map(other -> simple(one) + " and " + simple(other) + " know each other")
                .forEach(pair -> events.add(SimpleConditionEvent.violated(one, pair))));
  }

  private static String outer(JavaClass one) {
    return one.getName().replaceFirst("[$].*", "");
  }

  private static String simple(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
