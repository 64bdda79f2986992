package io.secamo.processes.bench;

import io.secamo.processes.fault.ApiServer;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many requests of which kind the API server has answered, whoever made them, from its own
 * metrics (apiserver_request_total).
 */
record Requests(Map<String, Double> counts) {
  private static final Pattern LINE =
      Pattern.compile("apiserver_request_total\\{([^}]*)\\} ([0-9.e+]+)");

  static Requests now(ApiServer server) {
    Map<String, Double> counts = new TreeMap<>();
    Matcher lines = LINE.matcher(server.get("admin", "/metrics").orFail().text());
    while (lines.find()) {
      String labels = lines.group(1);
      String what =
          label(labels, "verb")
              + " "
              + label(labels, "resource")
              + (label(labels, "subresource").isEmpty() ? "" : "/" + label(labels, "subresource"))
              + (label(labels, "dry_run").isEmpty() ? "" : " (dry run)");
      counts.merge(what, Double.parseDouble(lines.group(2)), Double::sum);
    }
    return new Requests(counts);
  }

  private static String label(String labels, String name) {
    Matcher found = Pattern.compile("(^|,)" + name + "=\"([^\"]*)\"").matcher(labels);
    return found.find() ? found.group(2) : "";
  }

  /** What came since, for each of so many, the frequent ones. */
  Map<String, Double> each(Requests before, int of) {
    Map<String, Double> each = new TreeMap<>();
    counts.forEach(
        (what, count) -> {
          double more = (count - before.counts.getOrDefault(what, 0.0)) / of;
          if (more >= 0.05) {
            each.put(what, more);
          }
        });
    return each;
  }
}
