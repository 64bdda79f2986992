package io.secamo.processes.cli.about;

import io.secamo.processes.cli.terminal.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Writes the completion script of a shell. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a completion script for kubectl-process in bash or zsh.",
      "For kubectl process, in fish too, have kubectl_complete-process beside kubectl-process on"
          + " your PATH: the completion of kubectl itself asks it."
    },
    footer = {"", "Example: source <(kubectl process completion bash)"})
public final class Completion implements Callable<Integer> {
  @ParentCommand private Program program;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  private String shell = "";

  @Override
  public Integer call() {
    if (shell.equals("fish")) {
      throw new ParameterException(
          spec.commandLine(),
          "fish completes through kubectl: kubectl completion fish | source, and have"
              + " kubectl_complete-process on your PATH");
    }
    if (!shell.equals("bash") && !shell.equals("zsh")) {
      throw new ParameterException(
          spec.commandLine(), "completion knows bash and zsh, not " + shell);
    }
    program.console().write(AutoComplete.bash("kubectl-process", spec.root().commandLine()));
    return 0;
  }

  /** What kubectl asks for when somebody presses Tab; for programs, not for people. */
  @Command(
      name = "__complete",
      hidden = true,
      description = "Completes what is typed.",
      footer = "kubectl process __complete -- WORD...")
  public static final class Typed implements Callable<Integer> {
    /** To kubectl: these are all, complete no file names. */
    private static final String NO_FILES = ":4";

    @ParentCommand private Program program;
    @Spec private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "WORD", description = "The words so far.")
    private List<String> words = List.of();

    @Override
    public Integer call() {
      CommandLine root = spec.root().commandLine();
      String last = words.isEmpty() ? "" : words.get(words.size() - 1);
      CommandLine at = root;
      for (String word : words.subList(0, Math.max(0, words.size() - 1))) {
        at = at.getSubcommands().getOrDefault(word, at);
      }
      List<String> found = new ArrayList<>();
      if (last.startsWith("-")) {
        at.getCommandSpec().options().stream()
            .filter(option -> !option.hidden())
            .forEach(option -> found.add(option.longestName()));
      } else {
        at.getSubcommands()
            .forEach(
                (name, command) -> {
                  if (!command.getCommandSpec().usageMessage().hidden()) {
                    found.add(name);
                  }
                });
      }
      found.stream().filter(word -> word.startsWith(last)).sorted().forEach(program.console()::say);
      program.console().say(NO_FILES);
      return 0;
    }
  }
}
