package io.secamo.processes.operator;

import io.secamo.processes.api.Names;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the environment sets. What is set wrongly ends the start: whoever limits the operator to
 * some namespaces must not get one that works in all.
 */
final class Environment {
  private static final int MOST_PORTS = 65_535;

  private Environment() {}

  /** A variable that cannot be understood. */
  static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Wrong(String sentence) {
      super(sentence, null, false, false);
    }
  }

  /** Where to work; none: everywhere. */
  static Set<String> namespaces(Map<String, String> environment) {
    String list = environment.getOrDefault("NAMESPACES", "");
    Set<String> named =
        Stream.of(list.split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .map(name -> name("NAMESPACES", name))
            .collect(Collectors.toUnmodifiableSet());
    if (named.isEmpty() && !list.isBlank()) {
      throw new Wrong("NAMESPACES is '" + list + "' and names none: leave it out to work in all");
    }
    return named;
  }

  /** Where the lease is; empty: no election. */
  static String leaderElection(Map<String, String> environment) {
    String namespace = environment.getOrDefault("LEADER_ELECTION", "").strip();
    return namespace.isEmpty() ? "" : name("LEADER_ELECTION", namespace);
  }

  /** Where to answer the kubelet. */
  static int healthPort(Map<String, String> environment) {
    String port = environment.getOrDefault("HEALTH_PORT", "8080").strip();
    return Optional.of(port)
        .filter(text -> text.matches("[0-9]{1,5}"))
        .map(Integer::valueOf)
        .filter(number -> number <= MOST_PORTS)
        .orElseThrow(
            () -> new Wrong("HEALTH_PORT is '" + port + "': write a port from 0 to " + MOST_PORTS));
  }

  /** On which of this machine's addresses. */
  static InetAddress healthAddress(Map<String, String> environment) {
    String address = environment.getOrDefault("HEALTH_ADDRESS", "127.0.0.1").strip();
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new Wrong(
          "HEALTH_ADDRESS is '"
              + address
              + "': write an address of this machine, as 127.0.0.1 or 0.0.0.0");
    }
  }

  private static String name(String variable, String name) {
    if (!name.matches(Names.PATTERN)) {
      throw new Wrong(variable + " has '" + name + "' in it, which is no name of a namespace");
    }
    return name;
  }
}
