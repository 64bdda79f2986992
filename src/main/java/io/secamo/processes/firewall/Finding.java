package io.secamo.processes.firewall;

/**
 * A risk that a change brings.
 *
 * @param id stable id of the check, for example {@code FW-001}
 * @param severity how bad it is
 * @param text what it is, with its evidence and the rule book it comes from
 */
public record Finding(String id, Severity severity, String text) {
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
  }

  @Override
  public String toString() {
    return id + " " + severity.word + ": " + text;
  }
}
