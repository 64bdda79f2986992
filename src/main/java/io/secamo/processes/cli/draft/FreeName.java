package io.secamo.processes.cli.draft;

import io.secamo.processes.api.Names;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.cli.cluster.Cluster;
import io.secamo.processes.cli.cluster.Refusal;
import java.util.regex.Pattern;

/** A name that no request has yet. */
final class FreeName {
  private static final int LONGEST_NAME = 63;

  private FreeName() {}

  /** The name itself, if nobody has it; else the next one with a number. */
  static String of(String name, Cluster cluster) {
    return name.length() <= LONGEST_NAME && cluster.find(name).isEmpty()
        ? name
        : numbered(name, 2, cluster);
  }

  /**
   * The next name for what follows a request. A number at the end of its name may be a port: it
   * counts only where it was put there for a request that followed another one.
   */
  static String after(FirewallChangeRequest request, Cluster cluster) {
    String name = request.getMetadata().getName();
    String stem = name.replaceFirst("-[0-9]{1,3}$", "");
    String before = request.getSpec().supersedes();
    boolean counts =
        before != null
            && !stem.equals(name)
            && before.matches(Pattern.quote(stem) + "(-[0-9]{1,3})?");
    return counts
        ? numbered(stem, Integer.parseInt(name.substring(stem.length() + 1)) + 1, cluster)
        : numbered(name, 2, cluster);
  }

  private static String numbered(String stem, int number, Cluster cluster) {
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
