package io.secamo.processes.cli.draft;

import io.secamo.processes.api.Names;
import io.secamo.processes.cli.cluster.Cluster;
import io.secamo.processes.cli.cluster.Refusal;

/** A name that no request has yet. */
final class FreeName {
  private static final int LONGEST_NAME = 63;

  private FreeName() {}

  /** The name itself, if nobody has it. */
  static String of(String name, Cluster cluster) {
    return name.length() <= LONGEST_NAME && cluster.find(name).isEmpty()
        ? name
        : like(name, cluster);
  }

  /** The next name with a number that nobody has. */
  static String like(String name, Cluster cluster) {
    String stem = name.replaceFirst("-[0-9]{1,3}$", "");
    int number = stem.equals(name) ? 2 : Integer.parseInt(name.substring(stem.length() + 1)) + 1;
    for (int next = number; next < number + 100; next++) {
      String end = "-" + next;
      int room = LONGEST_NAME - end.length();
      String fresh = (stem.length() > room ? stem.substring(0, room) : stem) + end;
      if (fresh.matches(Names.PATTERN) && cluster.find(fresh).isEmpty()) {
        return fresh;
      }
    }
    throw new Refusal("there are a hundred requests of such a name: make one of another name");
  }
}
