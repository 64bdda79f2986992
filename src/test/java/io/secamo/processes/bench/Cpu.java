package io.secamo.processes.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What processes have cost so far, from /proc (proc(5): utime and stime in hundredths). */
record Cpu(double operator, double apiServer, double etcd) {
  static Cpu now(long operator, long apiServer, long etcd) throws IOException {
    return new Cpu(seconds(operator), seconds(apiServer), seconds(etcd));
  }

  private static double seconds(long pid) throws IOException {
    Path stat = Path.of("/proc", Long.toString(pid), "stat");
    if (!Files.exists(stat)) {
      return 0;
    }
    // The name in brackets may hold blanks.
    String[] fields = Files.readString(stat).replaceFirst("^.*\\) ", "").split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
  }

  Cpu minus(Cpu before) {
    return new Cpu(operator - before.operator, apiServer - before.apiServer, etcd - before.etcd);
  }
}
