package io.secamo.processes.firewall;

import java.util.regex.Pattern;

/**
 * A risk that a change brings.
 *
 * @param id stable id of the check, for example {@code FW-001}
 * @param severity how bad it is
 * @param text what it is, with its evidence and the rule book it comes from
 */
public record Finding(String id, Severity severity, String text) {
  /** Alone, and no part of a longer address. */
  private static final Pattern EVERYWHERE =
      Pattern.compile("(?<=^|[ ,;])(?:0\\.0\\.0\\.0|::)/0(?=$|[ ,;])");

  /** How bad a finding is. */
  public enum Severity {
    CRITICAL("Critical"),
    HIGH("High"),
    MEDIUM("Medium"),
    LOW("Low");

    private final String word;

    Severity(String word) {
      this.word = word;
    }

    /** As policies and people write it. */
    public String word() {
      return word;
    }
  }

  /** The line of a finding, as it is said to people: what is everywhere is called so. */
  public static String spoken(String line) {
    return EVERYWHERE
        .matcher(line)
        .replaceAll(network -> Cidr.EVERYWHERE.formatted(network.group()));
  }

  @Override
  public String toString() {
    return id + " " + severity.word + ": " + text;
  }
}
