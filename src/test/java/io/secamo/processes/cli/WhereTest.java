package io.secamo.processes.cli;

import static io.secamo.processes.cli.Listening.REQUESTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.cli.terminal.Console;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A command is done where it was meant and says where that was, or nothing is sent. */
class WhereTest {
  private static final Instant NINE = Instant.parse("2027-01-04T09:00:00Z");
  private static final String STUCK =
      "\"state\": \"NeedsAttention\", \"step\": \"Apply\", \"answers\": [\"resume:Plan\","
          + " \"resume:Apply\", \"skip:CloseTicket\", \"abandon\"]";
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Listening server = new Listening();
  @TempDir private Path folder;
  private Path kubeconfig;

  @BeforeEach
  void oneRequest() throws IOException {
    kubeconfig = server.kubeconfig(folder);
    server.request("web", "", "", "\"state\": \"Running\"");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aMisspeltContextWithdrawsNothing() {
    assertThat(run("", "withdraw", "web", "--yes", "--context", "prd")).isEqualTo(1);

    assertThat(err.toString())
        .isEqualTo("there is no context prd in " + kubeconfig + ": there are here, prod\n");
    assertThat(server.asked).isEmpty();
  }

  @Test
  void aMissingKubeconfigIsNamedAndNothingIsSent() throws IOException {
    Files.delete(kubeconfig);

    assertThat(run("", "withdraw", "web", "--yes")).isEqualTo(1);

    assertThat(err.toString())
        .isEqualTo(
            "--kubeconfig names "
                + kubeconfig
                + ", which cannot be read: name a kubeconfig file\n");
    assertThat(server.asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"--namespace", "--context", "--as", "-n"})
  void anOptionWithoutAValueIsNotOneThatWasLeftOut(String option) {
    assertThat(run("", "withdraw", "web", "--yes", option, "")).isEqualTo(2);

    assertThat(err.toString()).contains("is empty: name one, or leave the option out");
    assertThat(server.asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"--namespace", "--context", "--as"})
  void anOptionOfTwoLinesIsRefusedInOne(String option) {
    assertThat(run("", "withdraw", "web", "--yes", option, "duty\nother")).isEqualTo(2);

    assertThat(err.toString())
        .isEqualTo(option + " has a line break in it: name one in one line\n");
    assertThat(server.asked).isEmpty();
  }

  @Test
  void aGroupWithoutAUserIsNotIgnored() {
    assertThat(run("", "withdraw", "web", "--yes", "--as-group", "ops")).isEqualTo(2);

    assertThat(err.toString()).isEqualTo("--as-group goes with --as: name the user as well\n");
    assertThat(server.asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"web/status, team-a", "../web, team-a", "web#, team-a", "web, team-a/x", "web, .."})
  void whatIsNoNameLeadsNowhereElse(String name, String namespace) {
    assertThat(run("", "withdraw", name, "--yes", "-n", namespace)).isEqualTo(1);

    assertThat(err.toString())
        .contains("write the name of the object: small letters, digits, hyphens and dots");
    assertThat(server.asked).isEmpty();
  }

  /** An empty variable of a script must not break the glass. */
  @Test
  void anOverrideWithoutAReasonIsWrongUsage() {
    assertThat(run("", "override", "web", "--incident", "INC-1", "--reason", "")).isEqualTo(2);
    assertThat(run("", "override", "web", "--incident", "INC-1", "--reason", "a\nb")).isEqualTo(2);
    assertThat(run("", "approve", "web", "--plan", "", "--yes")).isEqualTo(2);
    assertThat(run("", "approve", "web", "--gate", "")).isEqualTo(2);

    assertThat(err.toString())
        .contains("--reason is empty: say why it cannot wait", "--reason is one line")
        .contains("--plan is empty", "--gate is empty");
    assertThat(server.asked).isEmpty();
  }

  @Test
  void anEmptyNameIsWrongUsage() {
    assertThat(run("", "status", "")).isEqualTo(2);

    assertThat(err.toString())
        .isEqualTo("the name is empty: is a variable of your script not set?\n");
    assertThat(server.asked).isEmpty();
  }

  @Test
  void theQuestionNamesTheClusterAndTheNamespace() {
    assertThat(run("n\n", "withdraw", "web", "--context", "prod")).isEqualTo(1);

    assertThat(out.toString())
        .isEqualTo(
            "Cluster home at "
                + server.url()
                + "/, context prod, namespace team-a\n"
                + "Withdraw web for good? [y/N] ");
    assertThat(server.written).isEmpty();
  }

  @Test
  void whatWasDoneNamesTheClusterAndTheNamespace() {
    server.request("web", "", "", "\"state\": \"InForce\"");

    assertThat(run("", "withdraw", "web", "--yes")).as(err.toString()).isZero();

    assertThat(out.toString())
        .isEqualTo("web: withdrawn\nin namespace team-a of cluster home (context here)\n");
    assertThat(server.written)
        .endsWith(
            "{\"spec\":{\"withdrawn\":true},\"metadata\":{\"annotations\":"
                + "{\"processes.secamo.io/withdrawn-by\":\"duty\"}}}");
  }

  /** Only the operator removes, and it may be away. */
  @Test
  void whoWithdrawsWhatIsLiveIsNotToldThatItIsGone() {
    server.request(
        "web",
        "",
        "",
        "\"state\": \"InForce\", \"effects\": [{\"key\": \"k\", \"step\": \"Apply\","
            + " \"state\": \"Done\", \"connection\": \"c\"}]");

    assertThat(run("", "withdraw", "web", "--yes")).as(err.toString()).isZero();

    assertThat(out.toString())
        .contains("The operator", "removes what it opened as soon as it looks");
  }

  @Test
  void anEmptyReasonEndsNobodysRequest() {
    assertThat(run("", "reject", "web", "--plan", "d", "--yes", "--reason", " ")).isEqualTo(2);

    assertThat(err.toString()).startsWith("--reason is empty: say why not");
    assertThat(server.written).isEmpty();
  }

  @Test
  void nobodyVotesWhileAnAdministratorIsWaitedFor() {
    server.request(
        "web",
        "",
        "",
        "\"state\": \"AwaitingApproval\", \"waitingFor\": \"administrator\", \"message\":"
            + " \"votes is missing\", \"plan\": {\"digest\": \"0f3a9c2e5b7d1846\"}");

    assertThat(run("", "approve", "web", "--plan", "0f3a9c2e5b7d1846", "--yes")).isEqualTo(1);

    assertThat(err.toString())
        .isEqualTo("a vote would be void: it waits for an administrator. votes is missing\n");
    assertThat(server.written).noneMatch(w -> w.contains("annotations"));
  }

  @Test
  void whoCannotBeAskedIsToldHowToAnswerBeforehand() {
    assertThat(run("", "withdraw", "web")).isEqualTo(1);

    assertThat(err.toString())
        .isEqualTo(
            "Nobody answers here: give the answer beforehand, see --yes in --help\n"
                + "nothing was written\n");
    assertThat(server.written).isEmpty();
  }

  @Test
  void anOptionBeforeTheCommandIsToldWhereItStands() {
    assertThat(run("", "-n", "team-a", "list")).isEqualTo(2);

    assertThat(err.toString())
        .contains("Options stand behind the command: kubectl process list -n NAMESPACE");
  }

  @Test
  void nothingWaitsInANamespaceThatIsNotThereIsNoAnswer() {
    server.knows(
        REQUESTS.replace("team-a", "team-b"),
        "{\"apiVersion\":\"processes.secamo.io/v1alpha1\",\"kind\":\"FirewallChangeRequestList\","
            + "\"metadata\":{},\"items\":[]}");

    assertThat(run("", "inbox", "-n", "team-b")).isEqualTo(1);

    assertThat(err.toString())
        .isEqualTo(
            "there is no namespace team-b in cluster home: kubectl get namespaces shows them"
                + " all\n");
  }

  @Test
  void aMisspeltGateIsSaidWithThoseThatAreOpen() {
    server.request(
        "web",
        "",
        "",
        "\"state\": \"AwaitingApproval\", \"plan\": {\"digest\": \"0f3a9c2e5b7d1846\"}, \"gates\":"
            + " [{\"name\": \"security\", \"state\": \"Open\", \"required\": 1}]");

    assertThat(run("y\n", "approve", "web", "--gate", "securty")).isEqualTo(1);

    assertThat(err.toString())
        .isEqualTo("gate securty is not open: those that are open are [security]\n");
    assertThat(server.written).noneMatch(w -> w.contains("annotations"));
  }

  @Test
  void whatIsOverIsNotWithdrawn() {
    server.request("web", "", "", "\"state\": \"Completed\"");

    assertThat(run("", "withdraw", "web", "--yes")).isEqualTo(1);

    assertThat(err.toString())
        .isEqualTo(
            "web is over, its state is Completed: withdrawing it would take nothing back. To have"
                + " removed what it opened: kubectl process remove web -n team-a --reason TEXT\n");
    assertThat(server.written).isEmpty();
  }

  @Test
  void whatIsRemovedByDeletingItSaysSo() {
    server.request("web", "", ", \"onDelete\": \"Revert\"", "\"state\": \"Completed\"");

    assertThat(run("", "withdraw", "web", "--yes")).isEqualTo(1);

    assertThat(err.toString()).contains("deleting it removes what it opened");
  }

  @Test
  void whatWasWithdrawnBeforeIsSaidAndNotWrittenAgain() {
    server.request("web", "", ", \"withdrawn\": true", "\"state\": \"Reverting\"");

    assertThat(run("", "withdraw", "web", "--yes")).isZero();

    assertThat(out.toString()).startsWith("web: was withdrawn before\n");
    assertThat(server.written).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"Expired, there is nothing to try again", "Suspended, kubectl process resume web"})
  void whereNothingIsTriedAgainNobodyIsToldThatItIs(String state, String why) {
    server.request("web", "", "", "\"state\": \"" + state + "\"");

    assertThat(run("", "retry", "web")).isEqualTo(1);

    assertThat(err.toString()).contains(why);
    assertThat(server.written).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"resume:Foo", "skip:Approve", "resume", "Apply", "retry:Apply"})
  void anAnswerThatNobodyWouldFollowIsRefusedWithThoseThereAre(String answer) {
    server.request("web", "", "", STUCK);

    assertThat(run("", "resolve", "web", answer, "--yes")).isEqualTo(1);

    assertThat(err.toString())
        .isEqualTo(
            "web cannot be answered with "
                + answer
                + "; it can be with: resume:Plan, resume:Apply, skip:CloseTicket, abandon\n");
    assertThat(server.written).isEmpty();
  }

  @Test
  void anAnswerThatIsPossibleIsGiven() {
    server.request("web", "", "", STUCK);

    assertThat(run("", "resolve", "web", "resume:Apply", "--yes")).as(err.toString()).isZero();

    assertThat(server.written).anyMatch(w -> w.contains("/resolve\":\"resume:Apply\""));
  }

  /** It goes at once, and nobody can look for it any more. */
  @Test
  void whoGivesUpWhatIsDeletedIsToldWhereWhatStaysIsNamed() {
    server.request("web", "", "", STUCK);
    assertThat(run("", "resolve", "web", "abandon", "--yes")).as(err.toString()).isZero();
    assertThat(out.toString()).contains("web: answered with abandon\n");

    server.deleted("web", STUCK);
    assertThat(run("", "resolve", "web", "abandon", "--yes")).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains(
            "web: answered with abandon. It goes now, with what it knows: what it opened and could"
                + " not remove is in its evidence\n");
  }

  /** As the annotation is taken for whatever is not over. */
  @Test
  void whatIsNotStuckCanBeGivenUpAndNothingElse() {
    server.request("web", "", "", "\"state\": \"Reverting\"");
    assertThat(run("", "resolve", "web", "abandon", "--yes")).as(err.toString()).isZero();
    assertThat(run("", "resolve", "web", "resume:Apply", "--yes")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo("web asks for no answer: it can only be given up, by abandon\n");
    server.request("web", "", "", "\"state\": \"Expired\"");
    assertThat(run("", "resolve", "web", "abandon", "--yes")).isEqualTo(1);
    assertThat(err.toString()).contains("web is over, its state is Expired");
  }

  /** What was asked before it was withdrawn is not asked any more. */
  @Test
  void whatWasWithdrawnMeanwhileTakesNoAnswerButThatItIsGivenUp() {
    server.changed("web", ", \"withdrawn\": true", STUCK);
    assertThat(run("", "resolve", "web", "resume:Apply", "--yes")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo(
            "web is not asked any more: it was withdrawn, and the operator has not looked at it"
                + " since\n");
    assertThat(server.written).isEmpty();
    assertThat(run("", "resolve", "web", "abandon", "--yes")).as(err.toString()).isZero();
  }

  @Test
  void noVoteIsTakenOnWhatWasWithdrawnMeanwhile() {
    server.changed("web", ", \"withdrawn\": true", "\"state\": \"AwaitingApproval\"");
    assertThat(run("", "approve", "web", "--yes", "--plan", "0f3a9c2e5b7d1846")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo(
            "no vote is asked for any more: it was withdrawn, and the operator has not looked at it"
                + " since\n");
  }

  /** The same text again is no change, so that nobody would follow it. */
  @Test
  void theSameAnswerOnceMoreIsAnotherAnswer() {
    server.request("web", "\"processes.secamo.io/resolve\": \"resume:Apply\"", "", STUCK);

    assertThat(run("", "resolve", "web", "resume:Apply", "--yes")).as(err.toString()).isZero();

    assertThat(server.written)
        .anyMatch(w -> w.contains("/resolve\":\"resume:Apply (2027-01-04T09:00:00Z)\""));
  }

  private int run(String input, String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--kubeconfig", kubeconfig.toString()));
    Console console =
        new Console(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            new BufferedReader(new StringReader(input)),
            false,
            Clock.fixed(NINE, ZoneOffset.UTC));
    return KubectlProcess.run(console, all.toArray(String[]::new));
  }
}
