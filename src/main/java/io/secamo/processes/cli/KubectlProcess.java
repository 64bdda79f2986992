package io.secamo.processes.cli;

import io.secamo.processes.cli.cluster.Refusal;
import io.secamo.processes.cli.draft.ExtendCommand;
import io.secamo.processes.cli.terminal.Console;
import io.secamo.processes.cli.terminal.Program;
import io.secamo.processes.cli.terminal.ThisTerminal;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

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
      VoteCommand.Approve.class,
      VoteCommand.Reject.class,
      VoteCommand.BreakGlass.class,
      StatusCommand.class,
      WaitCommand.class,
      ActCommand.Withdraw.class,
      HoldCommand.Suspend.class,
      HoldCommand.Resume.class,
      ActCommand.Retry.class,
      ActCommand.Resolve.class,
      ExtendCommand.class,
      EvidenceCommand.class,
      VerifyCommand.class,
      UninstallCommand.class,
      KubectlProcess.Completion.class
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
            return CommandLine.ExitCode.SOFTWARE;
          }
          throw failure;
        });
    return line;
  }

  /** The version of the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = KubectlProcess.class.getPackage().getImplementationVersion();
      return new String[] {"kubectl process " + Optional.ofNullable(version).orElse("development")};
    }
  }

  /** Writes the completion script of a shell. */
  @Command(
      name = "completion",
      mixinStandardHelpOptions = true,
      description = "Writes a completion script for bash or zsh.",
      footer = {"", "Example: source <(kubectl process completion bash)"})
  static final class Completion implements Callable<Integer> {
    @ParentCommand private KubectlProcess program;

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private String shell = "";

    @Override
    public Integer call() {
      if (!shell.equals("bash") && !shell.equals("zsh")) {
        throw new Refusal("completion knows bash and zsh, not " + shell);
      }
      Console console = program.console();
      console.write(AutoComplete.bash("kubectl-process", KubectlProcess.line(console)));
      return 0;
    }
  }
}
