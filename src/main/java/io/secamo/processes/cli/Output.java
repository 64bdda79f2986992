package io.secamo.processes.cli;

import io.secamo.processes.cli.cluster.Cluster;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command writes. */
final class Output {
  /** The forms. */
  enum Form {
    json,
    yaml,
    wide
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      description = "json, yaml or wide. Default: for people.")
  private @Nullable Form form;

  boolean wide() {
    return form == Form.wide;
  }

  /** Writes an object as data, if that was asked for. */
  boolean wrote(Console console, Cluster cluster, Object object) {
    if (form == null || form == Form.wide) {
      return false;
    }
    console.say(cluster.text(object, form == Form.yaml).stripTrailing());
    return true;
  }
}
