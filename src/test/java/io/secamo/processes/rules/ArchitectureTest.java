package io.secamo.processes.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.engine.journal.StepJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The borders between packages, and the budgets that keep each part small. */
@AnalyzeClasses(
    packages = "io.secamo.processes",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "io.secamo.processes.";

  @ArchTest
  static final ArchRule THE_CORE_KNOWS_NEITHER_KUBERNETES_NOR_HTTP =
      noClasses()
          .that()
          .resideInAnyPackage(
              ROOT + "engine..", ROOT + "effect..", ROOT + "approval..", ROOT + "firewall..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.fabric8..",
              "io.javaoperatorsdk..",
              "java.net..",
              "com.sun.net..",
              "com.fasterxml..",
              ROOT + "connector.*..",
              ROOT + "kubernetes..",
              ROOT + "process..");

  @ArchTest
  static final ArchRule A_PROCEDURE_KNOWS_PORTS_ONLY =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "process..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.fabric8..",
              "io.javaoperatorsdk..",
              "java.net..",
              ROOT + "connector.*..",
              ROOT + "kubernetes..");

  /** Where a process stands is moved by the engine alone: a step says what became of it. */
  @ArchTest
  static final ArchRule A_STEP_MOVES_NO_PROCESS =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "engine..")
          .should()
          .dependOnClassesThat(
              DescribedPredicate.and(
                  JavaClass.Predicates.resideInAPackage(ROOT + "engine.journal.."),
                  DescribedPredicate.not(
                      JavaClass.Predicates.belongToAnyOf(StepJournal.class, Outcome.class))));

  /** What was made is undone though its request, or the procedure that made it, is another one. */
  @ArchTest
  static final ArchRule A_VERB_KNOWS_NO_KIND =
      noClasses()
          .that()
          .resideInAnyPackage(ROOT + "process.opening..", ROOT + "process.ticket..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + "api.firewall..", ROOT + "process.firewallchange..");

  /** A second kind is written beside the first one: nothing that serves both may name one. */
  @ArchTest
  static final ArchRule ONLY_PROGRAMS_NAME_A_KIND =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              ROOT + "api.firewall..",
              ROOT + "process.firewallchange..",
              ROOT + "operator..",
              ROOT + "cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + "api.firewall..", ROOT + "process.firewallchange..");

  @ArchTest
  static final ArchRule ONLY_ONE_PACKAGE_SPEAKS_TO_KUBERNETES =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              ROOT + "kubernetes..", ROOT + "operator..", ROOT + "cli..", ROOT + "api..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.fabric8..", "io.javaoperatorsdk..");

  @ArchTest
  static final ArchRule ONLY_ONE_PACKAGE_KNOWS_THE_OPERATOR_FRAMEWORK =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "kubernetes..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.javaoperatorsdk..");

  @ArchTest
  static final ArchRule VENDORS_NEVER_SEE_EACH_OTHER =
      slices()
          .matching(ROOT + "connector.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(
              DescribedPredicate.alwaysTrue(),
              JavaClass.Predicates.resideInAPackage(ROOT + "connector.http.."));

  @ArchTest
  static final ArchRule NOBODY_DEPENDS_ON_THE_PROGRAM =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + "operator..", ROOT + "cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + "operator..", ROOT + "cli..");

  @ArchTest
  static final ArchRule DATA_DEPENDS_ON_NOTHING_OF_OURS =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "api..")
          .should()
          .dependOnClassesThat(
              DescribedPredicate.and(
                  JavaClass.Predicates.resideInAPackage("io.secamo.."),
                  DescribedPredicate.not(JavaClass.Predicates.resideInAPackage(ROOT + "api.."))));

  @ArchTest
  static final ArchRule NO_CYCLES = slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

  /** Of two classes that know each other neither can be read, or moved, without the other. */
  @ArchTest
  static final ArchRule NO_TWO_CLASSES_OF_A_PACKAGE_KNOW_EACH_OTHER =
      classes().should(new KnowNoneThatKnowsThem());

  @ArchTest
  static final ArchRule NAMES_SAY_SOMETHING =
      noClasses()
          .should()
          .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Common|Misc)$")
          .orShould()
          .resideInAnyPackage("..util..", "..common..", "..helper..", "..impl..", "..misc..");

  @ArchTest
  static final ArchRule CLASSES_ARE_FINAL_OR_MEANT_TO_BE_EXTENDED =
      classes()
          .that()
          .areTopLevelClasses()
          .and()
          .areNotInterfaces()
          .and()
          .areNotEnums()
          .should(
              com.tngtech.archunit.lang.conditions.ArchConditions.haveModifier(
                      com.tngtech.archunit.core.domain.JavaModifier.FINAL)
                  .or(
                      com.tngtech.archunit.lang.conditions.ArchConditions.haveModifier(
                          com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT)));

  @Test
  void filesAndPackagesStaySmall() throws IOException {
    List<String> tooBig = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        int limit = file.startsWith("src/main") ? 300 : 500;
        List<String> lines = Files.readAllLines(file);
        if (lines.size() > limit) {
          tooBig.add(file + " has " + lines.size() + " lines, at most " + limit);
        }
      }
    }
    try (Stream<Path> folders = Files.walk(Path.of("src/main/java")).filter(Files::isDirectory)) {
      for (Path folder : folders.toList()) {
        try (Stream<Path> inside = Files.list(folder)) {
          long count =
              inside
                  .filter(f -> f.toString().endsWith(".java") && !f.endsWith("package-info.java"))
                  .count();
          if (count > 15) {
            tooBig.add(folder + " has " + count + " files, at most 15");
          }
        }
      }
    }
    assertThat(tooBig).isEmpty();
  }
}
