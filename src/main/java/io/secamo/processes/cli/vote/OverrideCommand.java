package io.secamo.processes.cli.vote;

import io.secamo.processes.api.Annotations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Goes ahead in an emergency. */
@Command(
    name = "override",
    mixinStandardHelpOptions = true,
    description = "Breaks the glass: the change goes ahead now and others must review it in time.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {VoteCommand.COUNTED, VoteCommand.LOST, VoteCommand.LATER},
    footer = {
      "",
      "Example:",
      "  kubectl process override acme-web-443 --incident INC-4711 --reason 'down'"
    })
public final class OverrideCommand extends VoteCommand {
  @Option(names = "--incident", paramLabel = "ID", required = true, description = "The incident.")
  private String incident = "";

  @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why now.")
  private String reason = "";

  @Override
  public Integer call() throws InterruptedException {
    if (incident.isBlank() || incident.codePoints().anyMatch(Character::isWhitespace)) {
      throw wrong("--incident is one word, without blanks, as in INC-4711");
    }
    return super.call();
  }

  @Override
  String prefix() {
    return Annotations.OVERRIDE_PREFIX;
  }

  @Override
  String decision() {
    return "Override";
  }

  @Override
  String verb() {
    return "override";
  }

  @Override
  String word() {
    return "Go ahead without approval with";
  }

  @Override
  String words() {
    return incident + " " + reason;
  }

  @Override
  String given() {
    return option("--incident", incident) + option("--reason", reason);
  }
}
