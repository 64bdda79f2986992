package io.secamo.processes.api;

/**
 * How a resource names another one. Nothing else may stand there: a name becomes a part of the
 * address that is read, where {@code cloud#} and {@code cloud/status} lead to the same Connection
 * as {@code cloud} but are not the name that windows and policies speak of, and {@code ../} leads
 * to other objects wherever a proxy tidies addresses.
 */
public final class Names {
  /** What the API server lets in: a DNS subdomain, as every object has it for a name. */
  public static final String PATTERN = "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$";

  /** What people read who wrote something else. */
  public static final String MESSAGE =
      "write the name of the object: small letters, digits, hyphens and dots";

  private Names() {}
}
