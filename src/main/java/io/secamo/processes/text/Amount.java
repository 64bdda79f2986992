package io.secamo.processes.text;

/** How many of something there are, for people: one vote, two votes. */
public final class Amount {
  private Amount() {}

  /** A number and its thing, of which several end in s. */
  public static String of(long number, String thing) {
    return of(number, thing, thing + "s");
  }

  /** A number and its thing. */
  public static String of(long number, String one, String several) {
    return number + " " + (number == 1 ? one : several);
  }
}
