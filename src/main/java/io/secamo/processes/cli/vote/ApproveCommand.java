package io.secamo.processes.cli.vote;

import io.secamo.processes.api.Annotations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says yes. */
@Command(
    name = "approve",
    mixinStandardHelpOptions = true,
    description = "Approves the plan of a request, after showing it.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {VoteCommand.COUNTED, VoteCommand.LOST, VoteCommand.LATER},
    footer = {
      "",
      "Examples:",
      "  kubectl process approve acme-web-443 --reason 'agreed with the customer'",
      "  kubectl process approve acme-web-443 --plan 0f3a9c2e5b7d1846 --yes"
    })
public final class ApproveCommand extends VoteCommand {
  @Option(names = "--reason", paramLabel = "TEXT", description = "Your words, one line.")
  private String reason = "";

  @Override
  String prefix() {
    return Annotations.APPROVE_PREFIX;
  }

  @Override
  String decision() {
    return "Approve";
  }

  @Override
  String verb() {
    return "approve";
  }

  @Override
  String word() {
    return "Approve";
  }

  @Override
  String words() {
    return reason;
  }

  @Override
  String given() {
    return option("--reason", reason);
  }
}
