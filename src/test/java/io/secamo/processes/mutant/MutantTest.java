package io.secamo.processes.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.util.CheckClassAdapter;

/** The list of mutants is about the code as it is. */
class MutantTest {
  private final Program program = new Program(Mutant.CLASSES);

  @Test
  void everyMutantBreaksTheProgramAsItIsNow() throws IOException {
    List<Mutant> all = Mutant.all();
    assertThat(all).hasSizeGreaterThanOrEqualTo(60);
    assertThat(all.stream().map(Mutant::name)).doesNotHaveDuplicates();
    List<String> outOfDate = new ArrayList<>();
    for (Mutant mutant : all) {
      try {
        Map<String, byte[]> broken = mutant.classes(program);
        assertThat(broken).as(mutant.name()).isNotEmpty();
        broken.forEach((name, bytes) -> check(mutant, name, bytes));
      } catch (OutOfDate e) {
        outOfDate.add(e.getMessage());
      }
    }
    assertThat(outOfDate).isEmpty();
  }

  private void check(Mutant mutant, String name, byte[] bytes) {
    assertThat(bytes).as(mutant.name()).isNotEqualTo(Mutant.bytes(program.read(name)));
    verifiedByJava(mutant, name, bytes);
    StringWriter problems = new StringWriter();
    CheckClassAdapter.verify(
        new ClassReader(bytes), getClass().getClassLoader(), false, new PrintWriter(problems));
    assertThat(problems.toString()).as(mutant.name()).isEmpty();
  }

  /** As it is when the operator starts; to be told what is declared, a class must be verified. */
  private void verifiedByJava(Mutant mutant, String name, byte[] bytes) {
    String type = name.replace('/', '.');
    assertThatCode(
            () -> new BrokenClasses(Map.of(name, bytes)).loadClass(type).getDeclaredMethods())
        .as(mutant.name())
        .doesNotThrowAnyException();
  }

  @Test
  void aMutantThatIsOutOfDateSaysWhereItStandsAndWhatIsThere() {
    assertOutOfDate(
        "Effects.announce: without call checkPoint",
        "list:2: the mutant 'a name' is out of date: Effects.announce calls checkPoint 0 times and"
            + " not once; it calls List.forEach, List.stream, Stream.map, Stream.filter,");
    assertOutOfDate(
        "Effects.proclaim: does nothing",
        "Effects has no method proclaim, it has new(String, Optional, EffectLog, Instant,"
            + " Checks),");
    assertOutOfDate(
        "Consequences.announce: does nothing",
        "there is no class Consequences; a method announce is in Announcer, Effects");
    assertOutOfDate(
        "Delegation.covers: call equals answers false",
        "Delegation.covers calls equals 2 times (line ");
    assertOutOfDate(
        "Effects.announce: is nice", "'is nice' is none of: returns ..., does nothing, without");
  }

  @Test
  void whatIsNoMutantIsRefusedWithItsLine() {
    assertThatThrownBy(() -> Mutant.read("list", List.of("== a name", "", "does nothing")))
        .isInstanceOf(OutOfDate.class)
        .hasMessage("list:3: 'does nothing' is not of the form 'Class.method: words'");
  }

  @Test
  void theTestsThatLookForMutantsAreThere() throws IOException {
    for (List<String> names : List.of(Suites.SLOW, Suites.LAST, Suites.WITH_REAL_SYSTEMS)) {
      for (String name : names) {
        assertThat(Suites.named(name)).endsWith("." + name);
      }
    }
    assertThat(Suites.inMemory(Set.of())).hasSizeGreaterThan(20);
  }

  private void assertOutOfDate(String edit, String message) {
    assertThatThrownBy(
            () -> Mutant.read("list", List.of("== a name", edit)).getFirst().classes(program))
        .isInstanceOf(OutOfDate.class)
        .hasMessageContaining(message);
  }

  /** A whole run took hours while each mutant met the tests of other packages first. */
  @Test
  void theTestsOfWhatIsBrokenComeFirst() throws IOException {
    List<String> tests = Suites.inMemory(Set.of("io.secamo.processes.evidence.Chain"));

    assertThat(tests.subList(0, 3))
        .allMatch(test -> test.startsWith("io.secamo.processes.evidence."))
        .first()
        .isEqualTo("io.secamo.processes.evidence.ChainTest");
    assertThat(tests).hasSameElementsAs(Suites.inMemory(Set.of()));
  }
}
