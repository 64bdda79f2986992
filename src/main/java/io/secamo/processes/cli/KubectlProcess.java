package io.secamo.processes.cli;

import io.secamo.processes.cli.about.Completion;
import io.secamo.processes.cli.about.VersionCommand;
import io.secamo.processes.cli.cluster.Refusal;
import io.secamo.processes.cli.draft.ExtendCommand;
import io.secamo.processes.cli.draft.RemoveCommand;
import io.secamo.processes.cli.terminal.Console;
import io.secamo.processes.cli.terminal.Program;
import io.secamo.processes.cli.terminal.ThisTerminal;
import io.secamo.processes.cli.vote.ApproveCommand;
import io.secamo.processes.cli.vote.OverrideCommand;
import io.secamo.processes.cli.vote.RejectCommand;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** {@code kubectl process}: reads and answers what waits for a person. */
@Command(
    name = "kubectl process",
    mixinStandardHelpOptions = true,
    versionProvider = KubectlProcess.Version.class,
    description =
        "Shows what waits for you, the plan behind it, and votes on it. It has your rights and no"
            + " others.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 done, 1 refused or failed, 2 wrong usage; commands that have more say so in"
          + " their help."
    },
    subcommands = {
      InboxCommand.class,
      ListCommand.class,
      PlanCommand.class,
      ApproveCommand.class,
      RejectCommand.class,
      OverrideCommand.class,
      StatusCommand.class,
      WaitCommand.class,
      ActCommand.Withdraw.class,
      HoldCommand.Suspend.class,
      HoldCommand.Resume.class,
      ActCommand.Retry.class,
      ActCommand.Resolve.class,
      ExtendCommand.class,
      RemoveCommand.class,
      EvidenceCommand.class,
      VerifyCommand.class,
      UninstallCommand.class,
      VersionCommand.class,
      Completion.class,
      Completion.Typed.class
    })
public final class KubectlProcess implements Program {
  private final Console console;

  KubectlProcess(Console console) {
    this.console = console;
  }

  @Override
  public Console console() {
    return console;
  }

  /** Runs the program. */
  public static void main(String[] args) {
    boolean terminal = CommandLine.Help.Ansi.AUTO.enabled();
    Console console =
        new Console(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
            terminal,
            Clock.systemUTC(),
            new ThisTerminal(System.getenv()));
    int status = run(console, args);
    System.exit(status);
  }

  /** Runs one command; refusals are one sentence, without a stack trace. */
  static int run(Console console, String... args) {
    CommandLine line = line(console);
    if (args.length == 0) {
      line.usage(console.err());
      return CommandLine.ExitCode.USAGE;
    }
    return line.execute(args);
  }

  static CommandLine line(Console console) {
    CommandLine line = new CommandLine(new KubectlProcess(console));
    line.setOut(console.out());
    line.setErr(console.err());
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    line.setUsageHelpAutoWidth(false);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          if (failure instanceof Refusal refusal) {
            console.warn(String.valueOf(refusal.getMessage()));
            refusal.commands().forEach(it -> console.warn("  " + it));
            return refusal.isMisuse() ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
          }
          throw failure;
        });
    line.setParameterExceptionHandler((wrong, args) -> misused(console, wrong));
    line.getSubcommands()
        .values()
        .forEach(command -> command.getCommandSpec().versionProvider(new Version()));
    return line;
  }

  /** In a few lines: a screen full of options would push the reason off the terminal. */
  private static int misused(Console console, CommandLine.ParameterException wrong) {
    console.warn(String.valueOf(wrong.getMessage()));
    if (wrong instanceof CommandLine.UnmatchedArgumentException unknown) {
      unknown.getSuggestions().stream()
          .findFirst()
          .ifPresent(near -> console.warn("Did you mean " + near + "?"));
    }
    if (wrong instanceof CommandLine.UnmatchedArgumentException
        && wrong.getCommandLine().getParent() == null) {
      console.warn("Options stand behind the command: kubectl process list -n NAMESPACE");
    }
    String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
    console.warn("How it is used: " + command + " --help");
    return CommandLine.ExitCode.USAGE;
  }

  /** The version of the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = KubectlProcess.class.getPackage().getImplementationVersion();
      return new String[] {"kubectl process " + Optional.ofNullable(version).orElse("development")};
    }
  }
}
