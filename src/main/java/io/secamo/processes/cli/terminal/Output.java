package io.secamo.processes.cli.terminal;

import io.secamo.processes.cli.cluster.Cluster;
import io.secamo.processes.text.Plain;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a command writes. */
public final class Output {
  /** The forms. */
  public enum Form {
    json,
    yaml,
    wide
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      description = "json, yaml or wide. Default: for people.")
  private @Nullable Form form;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** Whether nothing is cut. */
  public boolean wide() {
    return form == Form.wide;
  }

  /** Data is written once: an option that goes on for ever does not go with it. */
  public void noneWith(String option) {
    if (form != null && form != Form.wide) {
      throw new ParameterException(
          spec.commandLine(), option + " is for people: leave out -o " + form);
    }
  }

  /** Writes an object as data, if that was asked for. */
  public boolean wrote(Console console, Cluster cluster, Object object) {
    if (form == null || form == Form.wide) {
      return false;
    }
    String text = cluster.text(object, form == Form.yaml);
    console.write(safe(text, form == Form.yaml, () -> cluster.text(object, false)).stripTrailing());
    return true;
  }

  /**
   * The same data without a character that is not seen on a terminal. JSON has escapes for all of
   * them, and is YAML as well but for one sort of escapes; YAML has some in some texts only.
   */
  public static String safe(String text, boolean yaml, Supplier<String> json) {
    String escape = yaml ? "\\U%08x" : "";
    return Plain.escaped(text, escape).equals(text) ? text : Plain.escaped(json.get(), escape);
  }
}
