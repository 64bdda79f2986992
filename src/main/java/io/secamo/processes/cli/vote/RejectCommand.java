package io.secamo.processes.cli.vote;

import io.secamo.processes.api.Annotations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says no. */
@Command(
    name = "reject",
    mixinStandardHelpOptions = true,
    description = "Rejects the plan of a request; that ends it.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {VoteCommand.COUNTED, VoteCommand.LOST, VoteCommand.LATER},
    footer = {"", "Example: kubectl process reject acme-web-443 --reason 'use the proxy'"})
public final class RejectCommand extends VoteCommand {
  @Override
  boolean isNo() {
    return true;
  }

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why not, one line: the requester reads it.")
  private String reason = "";

  @Override
  String prefix() {
    return Annotations.REJECT_PREFIX;
  }

  @Override
  String decision() {
    return "Reject";
  }

  @Override
  String verb() {
    return "approve";
  }

  @Override
  String word() {
    return "Reject";
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
