package io.secamo.processes.mutant;

import java.util.Optional;

/** Something to break. */
final class Example {
  private final String name;
  private final StringBuilder said = new StringBuilder();

  private enum Mood {
    CALM,
    WILD
  }

  private record Pair(String first, String second) {}

  private record Animal(Mood mood) {
    boolean calm() {
      return mood == Mood.CALM;
    }
  }

  Example() {
    name = " example ".strip();
  }

  String polite() {
    say("hello");
    say("hello");
    return said.toString();
  }

  private void say(String text) {
    said.append(said.isEmpty() ? "" : " and ").append(text);
  }

  String ordered() {
    first("first");
    second();
    return said.toString();
  }

  private void first(String text) {
    say(text);
  }

  private boolean second() {
    say("second");
    return true;
  }

  boolean isLong() {
    return "abc".startsWith("a");
  }

  long length() {
    return name.length();
  }

  Optional<String> found() {
    return Optional.of(name);
  }

  Optional<String> filtered() {
    return Optional.of("a").filter(text -> !text.isBlank());
  }

  Mood mood() {
    return Mood.CALM;
  }

  boolean isCalm() {
    return new Animal(Mood.CALM).calm();
  }

  String joined() {
    return join("a", "b");
  }

  private static String join(String one, String other) {
    return one + other;
  }

  String built() {
    return new StringBuilder().append("a").append("b").toString();
  }

  String named() {
    return name;
  }

  String counted() {
    int length = "abc".length();
    return (length > 0 ? "some " : "none ") + length;
  }

  String remembered() {
    return name == null ? "new" : "known";
  }

  String compared() {
    String name = named();
    if (name.equals("x")) {
      return "name";
    }
    return joined().equals("x") ? "joined" : "neither";
  }

  String small() {
    return new Pair("a", "b").first();
  }

  long four() {
    return twice(2L);
  }

  private static long twice(long number) {
    return 2 * number;
  }

  private static int twice(int number) {
    return 2 * number;
  }
}
