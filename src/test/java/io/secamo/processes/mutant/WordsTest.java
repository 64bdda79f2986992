package io.secamo.processes.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each word does to a class what it says. */
class WordsTest {
  private static final Program PROGRAM =
      new Program(
          Path.of(
              URI.create(
                  Example.class.getProtectionDomain().getCodeSource().getLocation().toString())));

  @Test
  void returns() throws Exception {
    assertThat(run("polite")).isEqualTo("hello and hello");
    assertThat(run("polite", "Example.polite: returns \"no\"")).isEqualTo("no");
    assertThat(run("polite", "Example.polite: returns null")).isNull();
    assertThat(run("polite", "Example.polite: returns field name")).isEqualTo("example");
    assertThat(run("isLong", "Example.isLong: returns true")).isEqualTo(true);
    assertThat(run("length", "Example.length: returns 77")).isEqualTo(77L);
    assertThat(run("found", "Example.found: returns empty()")).isEqualTo(Optional.empty());
    assertThat(run("mood", "Example.mood: returns WILD")).hasToString("WILD");
    assertThat(run("joined", "Example.join: returns argument 2")).isEqualTo("b");
  }

  @Test
  void doesNothing() throws Exception {
    assertThat(run("polite", "Example.say: does nothing")).isEqualTo("");
    assertOutOfDate("Example.polite: does nothing", "Example.polite gives back a java.lang.String");
  }

  @Test
  void withoutACall() throws Exception {
    assertThat(run("polite", "Example.polite: without call say 2 of 2")).isEqualTo("hello");
    assertThat(run("polite", "Example.polite: without call say all")).isEqualTo("");
    assertThat(run("isLong", "Example.isLong: without call startsWith")).isEqualTo(false);
    assertThat(run("built")).isEqualTo("ab");
    assertThat(run("built", "Example.built: without call append 1 of 2")).isEqualTo("b");
  }

  @Test
  void aCallAnswersSomethingElse() throws Exception {
    assertThat(run("isLong")).isEqualTo(true);
    assertThat(run("isLong", "Example.isLong: call startsWith answers false")).isEqualTo(false);
    assertThat(run("isLong", "Example.isLong: call startsWith answers the opposite"))
        .isEqualTo(false);
    assertThat(run("joined")).isEqualTo("ab");
    assertThat(run("joined", "Example.joined: call join answers argument 1")).isEqualTo("a");
    assertThat(run("joined", "Example.joined: call join answers random"))
        .isNotEqualTo(run("joined", "Example.joined: call join answers random"));
    assertThat(run("filtered", "Example.filtered: call of answers Optional.empty()"))
        .isEqualTo(Optional.empty());
  }

  @Test
  void aCallAnswersWhetherSomethingIs() throws Exception {
    assertThat(run("isCalm", "Example.isCalm: call calm answers whether mood() is WILD"))
        .isEqualTo(false);
    assertThat(run("isCalm", "Example.isCalm: call calm answers whether mood() is not WILD"))
        .isEqualTo(true);
  }

  @Test
  void aCallGetsSomethingElse() throws Exception {
    assertThat(run("polite", "Example.polite: call say 1 of 2 gets \"x\""))
        .isEqualTo("x and hello");
    assertThat(run("joined", "Example.joined: call join gets \"x\" as argument 2")).isEqualTo("ax");
    assertOutOfDate("Example.joined: call join gets \"x\"", "has 2 arguments: say 'as argument N'");
    assertOutOfDate(
        "Example.joined: call join gets 1 as argument 2", "'1' cannot stand for a java");
    assertOutOfDate("Example.joined: call join gets 1 as argument 3", "there is no argument 3");
  }

  @Test
  void anotherMethodIsCalled() throws Exception {
    assertThat(run("isLong", "Example.isLong: call endsWith instead of startsWith"))
        .isEqualTo(false);
    assertOutOfDate(
        "Example.isLong: call substring instead of startsWith",
        "String has no substring with the parameters of String.startsWith");
  }

  @Test
  void aStatementComesBeforeAnother() throws Exception {
    assertThat(run("ordered")).isEqualTo("first and second");
    assertThat(run("ordered", "Example.ordered: call second before call first"))
        .isEqualTo("second and first");
    assertOutOfDate(
        "Example.ordered: call first before call second",
        "Example.first does not come after Example.second in Example.ordered");
  }

  @Test
  void aReadAnswersSomethingElse() throws Exception {
    assertThat(run("mood")).hasToString("CALM");
    assertThat(run("mood", "Example.mood: read CALM answers WILD")).hasToString("WILD");
    assertThat(run("named")).isEqualTo("example");
    assertThat(run("named", "Example.named: read name answers \"other\"")).isEqualTo("other");
  }

  @Test
  void aConditionFindsSomethingElse() throws Exception {
    assertThat(run("counted")).isEqualTo("some 3");
    assertThat(run("counted", "Example.counted: condition on length finds 0")).isEqualTo("none 3");
    assertThat(run("remembered")).isEqualTo("known");
    assertThat(run("remembered", "Example.remembered: condition on name finds null"))
        .isEqualTo("new");
    assertOutOfDate(
        "Example.counted: condition on isLong finds true",
        "Example.counted decides by isLong 0 times and not once; it decides by String.length");
  }

  @Test
  void whatACallWorksOnTellsItApartAlsoThroughAVariable() throws Exception {
    assertThat(run("compared")).isEqualTo("neither");
    assertThat(run("compared", "Example.compared: call equals on named answers true"))
        .isEqualTo("name");
    assertThat(run("compared", "Example.compared: call equals on joined answers true"))
        .isEqualTo("joined");
    assertOutOfDate("Example.compared: call equals answers true", "calls equals 2 times (line ");
  }

  @Test
  void whatStandsInALambdaBelongsToTheMethodAroundIt() throws Exception {
    assertThat(run("filtered")).isEqualTo(Optional.of("a"));
    assertThat(run("filtered", "Example.filtered: call isBlank answers true"))
        .isEqualTo(Optional.empty());
  }

  @Test
  void constructorsAndRecordsAndOverloadedMethods() throws Exception {
    assertThat(run("named", "Example.new: call strip answers \"x\"")).isEqualTo("x");
    assertThat(run("small", "Pair.first: returns \"x\"")).isEqualTo("x");
    assertThat(run("joined", "Example.join(String, String): returns \"x\"")).isEqualTo("x");
    assertOutOfDate(
        "Example.twice: returns 1", "several methods are called Example.twice, say which");
    assertThat(run("four", "Example.twice(long): returns 1")).isEqualTo(1L);
  }

  @Test
  void severalEditsGoTogether() throws Exception {
    assertThat(
            run(
                "joined",
                "Example.joined: call join gets \"x\" as argument 1",
                "Example.joined: call join gets \"y\" as argument 2"))
        .isEqualTo("xy");
  }

  private static Object run(String method, String... edits) throws Exception {
    Class<?> broken = new BrokenClasses(broken(edits)).loadClass(Example.class.getName());
    Constructor<?> constructor = broken.getDeclaredConstructor();
    constructor.setAccessible(true);
    Method called = broken.getDeclaredMethod(method);
    called.setAccessible(true);
    return called.invoke(constructor.newInstance());
  }

  private static Map<String, byte[]> broken(String... edits) {
    List<Mutant.Edit> all =
        Arrays.stream(edits)
            .map(edit -> edit.split(": ", 2))
            .map(edit -> new Mutant.Edit("list:1", edit[0], edit[1]))
            .toList();
    return new Mutant("a name", all).classes(PROGRAM);
  }

  private static void assertOutOfDate(String edit, String message) {
    assertThatThrownBy(() -> broken(edit))
        .isInstanceOf(OutOfDate.class)
        .hasMessageStartingWith("list:1: the mutant 'a name' is out of date: ")
        .hasMessageContaining(message);
  }
}
