package io.secamo.processes.bench;

import io.secamo.processes.firewall.Rule;
import io.secamo.processes.firewall.change.ChangePlan;
import io.secamo.processes.firewall.change.OpenRule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How long the decision takes what a change gains, beside a thousand rules that end. */
final class PlanningCost {
  private static final int RULES = 1000;
  private static final int WARM = 200;
  private static final int MEASURED = 101;
  private static final Instant NOW = Instant.parse("2027-01-04T10:00:00Z");

  private PlanningCost() {}

  /** Without a cluster. */
  public static void main(String[] args) {
    rows(new Report());
  }

  /** The rows of the table. */
  static void rows(Report report) {
    row(report, "planning beside 1,000 rules of others", List.of("203.0.113.0/24"), 443);
    List<String> peers = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      peers.add("10.0." + 8 * i + ".0/21");
    }
    row(report, "planning of 32 rules that overlap with 1,000", peers, 2000);
  }

  private static void row(Report report, String what, List<String> peers, int port) {
    List<Rule> rules =
        peers.stream().map(p -> Rule.parse("Ingress tcp " + port + " from " + p)).toList();
    ChangePlan.Wanted wanted =
        new ChangePlan.Wanted(rules, NOW, true, Optional.of(NOW.plus(Duration.ofDays(30))));
    List<OpenRule> live = live();
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < WARM + MEASURED; i++) {
      long began = System.nanoTime();
      ChangePlan plan = ChangePlan.plan("web", wanted, live);
      long time = System.nanoTime() - began;
      if (plan.gained().isEmpty()) {
        throw new IllegalStateException("nothing was gained: " + what);
      }
      if (i >= WARM) {
        times.add(time);
      }
    }
    double median = times.stream().sorted().skip(MEASURED / 2).findFirst().orElseThrow() / 1e6;
    report.row(what, median, "ms, median", 50, 50, false);
  }

  /** Each ends at another time, every third never; each has some ports around the same one. */
  private static List<OpenRule> live() {
    List<OpenRule> live = new ArrayList<>();
    for (int i = 0; i < RULES; i++) {
      String peer = "10.0." + i % 256 + "." + 64 * (i / 256) + "/27";
      Rule rule = Rule.parse("Ingress tcp " + (1980 + i % 20) + "-2000 from " + peer);
      live.add(
          i % 3 == 0
              ? OpenRule.lasting(rule)
              : OpenRule.until(NOW.plus(Duration.ofHours(i)), rule, "team-a/r" + i));
    }
    return live;
  }
}
