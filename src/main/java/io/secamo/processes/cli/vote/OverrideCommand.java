package io.secamo.processes.cli.vote;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.approval.RequiredGates;
import io.secamo.processes.cli.terminal.Words;
import io.secamo.processes.text.Amount;
import java.util.Optional;
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
  /** As the admission policy has it. */
  static final String INCIDENT = "[A-Za-z0-9_.-]{3,60}";

  @Option(names = "--incident", paramLabel = "ID", required = true, description = "The incident.")
  private String incident = "";

  @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why now.")
  private String reason = "";

  @Override
  public Integer call() throws InterruptedException {
    if (!incident.matches(INCIDENT)) {
      throw wrong(
          "--incident is one word of 3 to 60 letters, digits, dots, dashes and underscores, as in"
              + " INC-4711");
    }
    if (reason.isBlank()) {
      throw wrong("--reason is empty: say why it cannot wait, the reviewers read it");
    }
    return super.call();
  }

  @Override
  Optional<String> afterwards(Plan plan) {
    Plan.Basis basis = plan.basis();
    return basis == null
        ? Optional.empty()
        : RequiredGates.breakGlass(basis.gates())
            .map(
                it ->
                    "Afterwards "
                        + Amount.of(it.reviewers(), "person has", "people have")
                        + " to review it within "
                        + Words.span(it.within())
                        + ", or it is removed.");
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
