package io.secamo.processes.api;

/**
 * The kind of a request, as its object says it. Whatever is asked about a request needs it: each
 * kind gives names of its own.
 *
 * @param value for example {@code FirewallChangeRequest}
 */
public record KindName(String value) {
  @Override
  public String toString() {
    return value;
  }
}
