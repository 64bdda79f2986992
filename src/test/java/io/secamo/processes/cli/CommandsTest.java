package io.secamo.processes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.secamo.processes.api.Condition;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec.Subject;
import io.secamo.processes.cli.terminal.Console;
import io.secamo.processes.evidence.Chain;
import io.secamo.processes.evidence.Chain.Happening;
import io.secamo.processes.evidence.EvidenceFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What kubectl process does without a cluster. */
class CommandsTest {
  private static final Path PAGE = Path.of("docs/reference/kubectl-process.md");
  private static final Instant NINE = Instant.parse("2027-01-04T09:00:00Z");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void genuineEvidenceIsCalledGenuine(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("e.json"), EvidenceFile.write(record()));

    assertThat(run("verify", file.toString())).isZero();
    assertThat(out.toString()).startsWith("genuine: team-a/web, 2 entries, head ");
    String head = record().entries().get(0).hash();
    assertThat(run("verify", file.toString(), "--head", head)).isZero();
    assertThat(run("verify", file.toString(), "--head", "0".repeat(64))).isEqualTo(1);
  }

  @Test
  void tamperedEvidenceIsNamed(@TempDir Path folder) throws IOException {
    String text = new String(EvidenceFile.write(record()), StandardCharsets.UTF_8);
    Path file = Files.writeString(folder.resolve("e.json"), text.replace("approver", "attacker"));

    assertThat(run("verify", file.toString())).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("NOT GENUINE: entry 2 (Vote) was changed: its hash does not fit\n");
  }

  @Test
  void waitingEndsByConditions() {
    assertThat(exit("Ready", "True", "InForce")).contains(0);
    assertThat(exit("Stalled", "True", "Rejected")).contains(5);
    assertThat(exit("Ready", "False", "AwaitingApproval")).contains(3);
    assertThat(exit("Ready", "False", "Suspended")).as("nothing moves it but people").contains(3);
    assertThat(exit("Ready", "Unknown", "Progressing")).isEmpty();
    assertThat(exit("Ready", "False", "WindowClosed")).isEmpty();
    assertThat(WaitCommand.exit(null)).isEmpty();
  }

  /** The operator may be down, and nobody else says it then. */
  @Test
  void whatIsLivePastItsEndIsSaidFromTheClockAlone() {
    String live =
        """
        state: InForce
        expiresAt: 2027-01-04T08:58:00Z
        effects: [{key: k, step: Apply, state: %s, connection: c, account: a}]
        """;
    assertThat(Standing.overdue(consoleAtNine(), request(live.formatted("Done"))))
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .startsWith("it should have been removed ")
                    .contains("2027-01-04T08:58:00Z")
                    .contains("Is the operator running?"));
    String tried = live.formatted("Done") + "nextAttemptAt: 2027-01-04T09:00:03Z\n";
    assertThat(Standing.overdue(consoleAtNine(), request(tried)))
        .as("somebody has just written when it tries again")
        .hasValueSatisfying(
            text -> assertThat(text).contains("The operator tries it again and again."));
    assertThat(Standing.overdue(consoleAtNine(), request(live.formatted("Reverted")))).isEmpty();
    String soon = live.formatted("Done").replace("08:58:00", "08:59:55");
    String refused =
        "message: 'should have been removed at 2027-01-04T08:59:55Z and may still be live: no'\n";
    assertThat(Standing.overdue(consoleAtNine(), request(soon + refused)))
        .as("it was tried, and that is said: it does not end well by itself")
        .isPresent();
    assertThat(
            Standing.overdue(
                consoleAtNine(), request(live.formatted("Done").replace("InForce", "Withdrawn"))))
        .hasValueSatisfying(
            text -> assertThat(text).startsWith("it was given up").contains("then delete the"));
    assertThat(Standing.overdue(consoleAtNine(), request(soon)))
        .as("a removal takes some seconds")
        .isEmpty();
  }

  @Test
  void whatIsOverWaitsForNobody() {
    String open =
        """
        state: %s
        deadline: 2027-01-04T11:00:00Z
        expiresAt: 2027-01-05T09:00:00Z
        gates: [{name: security, state: Open, required: 2, approvals: 0}]
        """;
    assertThat(lines(open.formatted("AwaitingApproval")))
        .contains("Too late in     2h", "Gate security   Open, 0 of 2", "Expires in      24h");
    assertThat(lines(open.formatted("Scheduled"))).contains("Goes on in      2h");
    assertThat(lines(open.formatted("InForce")))
        .contains("Expires in      24h")
        .doesNotContain("Too late");
    assertThat(lines(open.formatted("Withdrawn")))
        .doesNotContain("Gate")
        .doesNotContain("Too late")
        .doesNotContain("Expires");
  }

  @Test
  void whatANewerOperatorWroteIsSaidToBeSo() {
    assertThat(lines("state: InForce\nformat: 2"))
        .contains("Newer           a newer operator wrote this (status.format 2)");
    assertThat(lines("state: InForce\nformat: 1")).doesNotContain("Newer");
  }

  /** What is broken over two lines is another command when it is copied. */
  @Test
  void theExamplesOfTheHelpFitTheScreen() {
    CommandLine all = KubectlProcess.line(consoleAtNine());
    assertThat(all.getSubcommands().values())
        .flatExtracting(c -> List.of(c.getCommandSpec().usageMessage().footer()))
        .filteredOn(line -> line.contains("kubectl "))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line.length()).as(line).isLessThan(80));
  }

  /** What the status says is older than what was asked for. */
  @Test
  void whatTheOperatorHasNotSeenYetIsSaidToBeSo() {
    FirewallChangeRequest request =
        request(
            "state: InForce\nobservedGeneration: 1\nmessage: live\nwaitingFor: expiry\n"
                + "expiresAt: 2027-01-04T12:00:00Z");
    ObjectMetaBuilder web =
        new ObjectMetaBuilder().withNamespace("team-a").withName("web").withGeneration(2L);
    request.setMetadata(web.withDeletionTimestamp("2027-01-04T08:59:00Z").build());
    assertThat(StatusCommand.lines(consoleAtNine(), request, List.of()))
        .contains("Unseen          it was deleted, and the operator has not looked at it since")
        .contains("Waiting for     operator")
        .noneMatch(line -> line.startsWith("Expires"));

    request.setMetadata(web.withGeneration(1L).build());
    assertThat(StatusCommand.lines(consoleAtNine(), request, List.of()))
        .noneMatch(line -> line.startsWith("Unseen"));
  }

  /** All times of a page look the same. */
  @Test
  void theTimeOfAnEventIsToldToTheSecond() {
    Event event =
        new EventBuilder()
            .withNewEventTime("2027-01-04T08:46:25.762240Z")
            .withType("Warning")
            .withReason("Rejected")
            .withNote("by ann")
            .build();
    FirewallChangeRequest request = request("state: Rejected");
    request.setMetadata(new ObjectMetaBuilder().withNamespace("team-a").withName("web").build());
    assertThat(StatusCommand.lines(consoleAtNine(), request, List.of(event)))
        .contains("  2027-01-04T08:46:25Z Warning Rejected: by ann");
  }

  /** The operator may take its time, or be away. */
  @Test
  void whatIsDueNowOrWasIsNotDueInNoTime() {
    String due =
        """
        state: AwaitingApproval
        deadline: 2027-01-04T%1$s
        nextAttemptAt: 2027-01-04T%1$s
        gates: [{name: security, state: Open, required: 2, approvals: 0, deadline: 2027-01-04T%1$s}]
        """;
    assertThat(lines(due.formatted("09:00:00.4Z")))
        .contains("Too late in     1s", "Looks again in  1s", "0 of 2, due in 1s");
    for (String now : List.of("09:00:00Z", "08:00:00Z")) {
      assertThat(lines(due.formatted(now)))
          .contains("Too late since  2027-01-04T" + now)
          .contains("Looks again     now")
          .contains("Gate security   Open, 0 of 2, too late since 2027-01-04T" + now)
          .doesNotContain(" 0s");
    }
    assertThat(lines("state: Scheduled\ndeadline: 2027-01-04T09:00:00Z"))
        .contains("Goes on         now");
  }

  @Test
  void oneOfSomethingIsOne() throws IOException {
    assertThat(UninstallCommand.whatGoes(1, 1))
        .endsWith("go, in all namespaces, 1 request and the evidence of 1 request.");
    assertThat(UninstallCommand.whatGoes(2, 0))
        .endsWith("2 requests and the evidence of 0 requests.");
    assertThat(UninstallCommand.uninstall(0, 0))
        .noneMatch(line -> line.contains("evidence -A") || line.contains("delete firewall"));
    assertThat(UninstallCommand.uninstall(0, 1)).contains("First keep the evidence:");
    FirewallChangeRequest live = request("state: InForce\nexpiresAt: 2027-01-04T08:58:00Z");
    live.setMetadata(new ObjectMetaBuilder().withNamespace("team-a").withName("web").build());
    assertThat(BeforeUninstall.line(live, NINE)).isEqualTo("  team-a/web InForce");
  }

  private String lines(String status) {
    FirewallChangeRequest request = request(status);
    request.setMetadata(new ObjectMetaBuilder().withNamespace("team-a").withName("web").build());
    return String.join("\n", StatusCommand.lines(consoleAtNine(), request, List.of()));
  }

  /** Whoever uninstalls takes away the only one who removes what is live. */
  @Test
  void whatIsLiveOrMayBeIsNotUninstalledUnderIt() {
    String made = "state: %s\neffects: [{key: k, step: Apply, state: %s, connection: c}]";
    assertThat(UninstallCommand.owes(request(made.formatted("InForce", "Done")))).isTrue();
    assertThat(UninstallCommand.owes(request(made.formatted("Applying", "Intended")))).isTrue();
    assertThat(UninstallCommand.owes(request(made.formatted("Expired", "Reverted")))).isFalse();
    assertThat(UninstallCommand.owes(request("state: NeedsAttention")))
        .as("nobody knows what is live until somebody has looked")
        .isTrue();
    assertThat(UninstallCommand.owes(request("state: AwaitingApproval"))).isFalse();
    assertThat(UninstallCommand.owes(new FirewallChangeRequest())).isFalse();
  }

  private static FirewallChangeRequest request(String status) {
    FirewallChangeRequest request = new FirewallChangeRequest();
    request.setStatus(Serialization.unmarshal(status, ProcessStatus.class));
    return request;
  }

  private Console consoleAtNine() {
    return new Console(
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        new BufferedReader(new StringReader("")),
        false,
        Clock.fixed(NINE, ZoneOffset.UTC));
  }

  @Test
  void wrongUsageIsTwo() {
    assertThat(run()).isEqualTo(2);
    assertThat(run("aprove")).isEqualTo(2);
    assertThat(err.toString()).contains("Did you mean", "approve");
    assertThat(run("plan")).isEqualTo(2);
  }

  @Test
  void completionIsWrittenForShells() {
    assertThat(run("completion", "bash")).isZero();
    assertThat(out.toString()).contains("kubectl-process", "approve");
    assertThat(run("completion", "fish")).isEqualTo(2);
    assertThat(err.toString()).startsWith("fish completes through kubectl: ");
    assertThat(run("completion", "csh")).isEqualTo(2);
  }

  @Test
  void everyCommandHasAnExampleThatNamesIt() {
    CommandLine line = KubectlProcess.line(console());
    List<String> without = new ArrayList<>();
    line.getSubcommands()
        .forEach(
            (name, command) -> {
              String footer = String.join("\n", command.getCommandSpec().usageMessage().footer());
              if (!footer.contains("kubectl process " + name)) {
                without.add(name);
              }
            });
    assertThat(without).isEmpty();
    assertThat(Set.copyOf(line.getSubcommands().keySet()))
        .contains("approve", "reject", "plan", "status", "inbox", "withdraw", "retry", "resolve")
        .contains("evidence", "verify", "wait", "override", "completion");
  }

  @Test
  void everyCommandTellsItsVersion() {
    List<String> names =
        KubectlProcess.line(console()).getSubcommands().entrySet().stream()
            .filter(command -> !command.getValue().getCommandSpec().usageMessage().hidden())
            .map(Map.Entry::getKey)
            .toList();
    names.forEach(name -> assertThat(run(name, "-V")).as(name).isZero());
    assertThat(out.toString().lines())
        .hasSameSizeAs(names)
        .allMatch(line -> line.startsWith("kubectl process "));
  }

  /** On a terminal of 24 lines the reason was pushed off by all the options. */
  @Test
  void wrongUsageIsToldInALineThatStaysOnTheScreen() {
    assertThat(run("approve", "web", "--yes")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            """
            --yes goes with --plan DIGEST: the plan you have read, as kubectl process plan tells
            How it is used: kubectl process approve --help
            """);
  }

  @Test
  void everyCommandInTheDocumentationIsOne() throws IOException {
    List<String> wrong = new ArrayList<>();
    int checked = 0;
    for (String page : List.of("docs/how-to/approve.md", "docs/explanation/threat-model.md")) {
      for (String line : Files.readAllLines(Path.of(page))) {
        if (line.startsWith("kubectl process ")) {
          String[] words = line.replaceAll(" > .*", "").replaceAll("'[^']*'", "text").split(" ");
          List<String> args = List.of(words).subList(2, words.length);
          try {
            KubectlProcess.line(console()).parseArgs(args.toArray(String[]::new));
          } catch (CommandLine.ParameterException e) {
            wrong.add(line + ": " + e.getMessage());
          }
          checked++;
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(checked).isGreaterThan(6);
  }

  @Test
  void theReferenceIsTheHelp() throws IOException {
    StringBuilder page = new StringBuilder("# kubectl process\n\nGenerated from the help texts.\n");
    CommandLine line = KubectlProcess.line(console());
    page.append("\n```text\n").append(line.getUsageMessage().stripTrailing()).append("\n```\n");
    line.getSubcommands()
        .forEach(
            (name, command) -> {
              boolean alias = !command.getCommandName().equals(name);
              if (!alias && !command.getCommandSpec().usageMessage().hidden()) {
                page.append("\n## ")
                    .append(name)
                    .append("\n\n```text\n")
                    .append(command.getUsageMessage().stripTrailing())
                    .append("\n```\n");
              }
            });
    String expected = page.toString().replaceAll("[ \t]+\n", "\n");
    if (Boolean.getBoolean("fix")) {
      Files.writeString(PAGE, expected);
    }
    assertThat(PAGE).exists().hasContent(expected);
  }

  private static Optional<Integer> exit(String type, String value, String reason) {
    ProcessStatus status =
        new ProcessStatus(
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            List.of(new Condition(type, value, reason, "m", NINE, 1L)),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    return WaitCommand.exit(status);
  }

  private static EvidenceRecordSpec record() {
    Subject subject = new Subject("FirewallChangeRequest", "team-a", "web", "uid-1", "cluster-1");
    Chain chain = new Chain(List.of());
    chain.add(
        new Happening(Chain.SUBMITTED, "requester", null, Chain.identity(subject)), NINE, false);
    chain.add(new Happening("Vote", "approver", "0f", List.of("Approve")), NINE, false);
    return new EvidenceRecordSpec(subject, chain.entries());
  }

  private int run(String... args) {
    return KubectlProcess.run(console(), args);
  }

  private Console console() {
    return new Console(
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        new BufferedReader(new StringReader("")),
        false,
        Clock.systemUTC());
  }
}
