package io.secamo.processes.firewall;

/** Rules cut each other into more pieces than can be judged. */
public final class TooManyRules extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooManyRules(String what, int most) {
    super("more than " + most + " " + what);
  }
}
