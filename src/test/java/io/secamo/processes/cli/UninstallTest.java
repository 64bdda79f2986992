package io.secamo.processes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.secamo.processes.api.EvidenceEntry;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec.Subject;
import io.secamo.processes.cli.terminal.Seen;
import io.secamo.processes.evidence.Chain;
import io.secamo.processes.evidence.Chain.Happening;
import io.secamo.processes.evidence.EvidenceFile;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody wants to uninstall, and follows what they are told to do before. */
class UninstallTest {
  private static final String REQUESTS =
      "/apis/processes.secamo.io/v1alpha1/firewallchangerequests";
  private static final String RECORDS = "/apis/orchestrator.secamo.io/v1alpha1/evidencerecords";
  private static final String MADE =
      "\"effects\": [{\"key\": \"k\", \"step\": \"Apply\", \"state\": \"Done\","
          + " \"connection\": \"c\"}]";
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Listening server = new Listening();
  @TempDir private Path folder;

  @BeforeEach
  void nothingIsThere() {
    requests();
    server.knows(RECORDS, list("EvidenceRecord", List.of()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** What is open or was never live has its evidence in the request, and no record of its own. */
  @Test
  void theEvidenceThatIsToBeKeptIsAllOfIt() throws IOException {
    requests(request("open", "", "\"evidence\": " + entries("open")));
    server.knows(
        RECORDS,
        list(
            "EvidenceRecord",
            List.of(
                "{\"metadata\": {\"name\": \"r\"}, \"spec\": "
                    + new String(EvidenceFile.write(record("gone")), StandardCharsets.UTF_8)
                    + "}")));

    assertThat(run()).as(err.toString()).isZero();

    assertThat(out.toString())
        .contains(
            "1 request and the\n    evidence of 2 requests.\n",
            "Nothing is live that a request knows.\n")
        .contains(
            """
            First delete the requests, while the operator runs: only it lets go of them:
              kubectl delete firewallchangerequests -A --all
            Then keep the evidence:
              kubectl process evidence -A --to evidence
            """)
        .doesNotContain("kubectl get evidencerecords");
  }

  @Test
  void whatIsOpenForGoodIsNotToBeDeletedButRemoved() throws IOException {
    requests(
        request(
            "web", "", "\"state\": \"InForce\", \"expiresAt\": \"2027-01-04T12:00:00Z\", " + MADE),
        request("last", "\"onDelete\": \"Retain\"", "\"state\": \"Completed\", " + MADE),
        request("kept", "\"onDelete\": \"Revert\"", "\"state\": \"Completed\", " + MADE),
        request(
            "due",
            "",
            "\"state\": \"Reverting\", \"expiresAt\": \"2027-01-04T08:00:00Z\", " + MADE));

    assertThat(run()).isEqualTo(UninstallCommand.LIVE);

    assertThat(out.toString())
        .endsWith(
            """
            What is to be removed needs the operator: see that it runs, and wait until it is
            gone.
              team-a/due Reverting OVERDUE since 2027-01-04T08:00:00Z
            What is live stays so, and nobody is left to remove it: delete these first,
            and wait until they are gone.
              team-a/web InForce until 2027-01-04T12:00:00Z
              team-a/kept Completed
            What is open for good stays so when its request is deleted, and nobody lists it
            any more. Have it removed first:
              kubectl process remove last -n team-a --reason TEXT
            Then run this again: it says how to keep the evidence, and how to uninstall.
            """)
        // Evidence goes on until then.
        .doesNotContain("evidence -A");
  }

  /** Deleting its request removes nothing, and then nobody knows of it any more. */
  @Test
  void whatWasGivenUpIsRemovedByHandFirst() throws IOException {
    requests(request("late", "", "\"state\": \"Withdrawn\", " + MADE));

    assertThat(run()).isEqualTo(UninstallCommand.LIVE);

    assertThat(out.toString())
        .contains(
            """
            What was given up may still be there, and nobody removes it. Look there,
            remove it by hand, then delete its request:
              team-a/late Withdrawn: what it announced
            Then run this again\
            """)
        .doesNotContain("delete these first");
  }

  /** Deleted, and not looked at since: its operator does not run. */
  @Test
  void whatWasGivenUpAndIsDeletedIsNamedOnce() throws IOException {
    requests(
        request(
                "late",
                "\"withdrawn\": true",
                "\"state\": \"Withdrawn\", \"observedGeneration\": 1, " + MADE)
            .replace(
                "\"uid\"",
                "\"generation\": 2, \"deletionTimestamp\": \"2027-01-04T08:59:00Z\", \"uid\""));

    assertThat(run()).isEqualTo(UninstallCommand.LIVE);

    assertThat(out.toString())
        .containsOnlyOnce("team-a/late")
        .contains("What was given up may still be there")
        .doesNotContain("needs the operator");
  }

  @Test
  void whereARemovalIsAskedForAlreadyThatIsWhatIsNamed() throws IOException {
    requests(
        request("last", "\"onDelete\": \"Retain\"", "\"state\": \"Completed\", " + MADE),
        request("gone", "\"removes\": \"last\"", "\"state\": \"Rejected\""),
        request("last-remove", "\"removes\": \"last\"", "\"state\": \"AwaitingApproval\""));

    assertThat(run()).isEqualTo(UninstallCommand.LIVE);

    assertThat(out.toString())
        .contains("  kubectl process status last-remove -n team-a (removes it, if approved)\n")
        .doesNotContain("process remove");
  }

  /** It was given up while it was deleted: nothing but its evidence knows of it. */
  @Test
  void whatDeletedRequestsLeftIsNamed() throws IOException {
    requests(request("there", "", "\"state\": \"Expired\""));
    server.knows(
        RECORDS,
        list(
            "EvidenceRecord",
            Stream.of(
                    record("left", Chain.APPLIED),
                    record("there", Chain.APPLIED),
                    record("gone", Chain.APPLIED, EvidenceEntry.REVERTED),
                    record("never"))
                .map(
                    record ->
                        "{\"metadata\": {\"name\": \"r\"}, \"spec\": "
                            + new String(EvidenceFile.write(record), StandardCharsets.UTF_8)
                            + "}")
                .toList()));

    assertThat(run()).as(err.toString()).isZero();

    assertThat(out.toString())
        .contains(
            """
            What these deleted requests made was not removed, as their evidence tells. If
            nobody removed it by hand since, it is still there:
              kubectl process evidence left -n team-a
            Nothing is live that a request knows.
            """);
  }

  @Test
  void aNamespaceIsNoPartOfTheQuestion() throws IOException {
    assertThat(run("-n", "team-a")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo("this command looks at all namespaces: leave --namespace out\n");
  }

  /** Its rule is removed, and only its ticket cannot be closed. */
  @Test
  void whatIsOnlyToBeClosedIsNotLive() throws IOException {
    requests(
        request(
            "closing",
            "",
            "\"state\": \"NeedsAttention\", \"inForce\": {\"since\": \"2027-01-04T08:00:00Z\","
                + " \"revertedAt\": \"2027-01-04T08:30:00Z\"}, \"evidence\": [{\"at\":"
                + " \"2027-01-04T08:30:00Z\", \"what\": \"Ended\", \"previous\": \"p\", \"hash\":"
                + " \"h\"}]"));
    assertThat(run()).as(out.toString()).isZero();
  }

  /** Nobody can have removed by a request what is deleted already. */
  @Test
  void whatIsDeletedAndStaysIsRemovedByHand() throws IOException {
    requests(
        request("last", "\"onDelete\": \"Retain\"", "\"state\": \"Completed\", " + MADE)
            .replace("\"uid\"", "\"deletionTimestamp\": \"2027-01-04T08:59:00Z\", \"uid\""));
    assertThat(run()).isEqualTo(UninstallCommand.LIVE);
    assertThat(out.toString())
        .contains(
            """
            These are deleted already, and what they opened stays. Remove it by hand:
              team-a/last Completed: what it announced
            """)
        .doesNotContain("process remove");
  }

  @Test
  void whatIsOpenForGoodAloneIsToldAsWell() throws IOException {
    requests(request("last", "\"onDelete\": \"Retain\"", "\"state\": \"Completed\", " + MADE));

    assertThat(run()).isEqualTo(UninstallCommand.LIVE);

    assertThat(out.toString())
        .contains("  kubectl process remove last -n team-a --reason TEXT\n")
        .doesNotContain("delete these first", "Nothing is live");
  }

  private void requests(String... items) {
    server.knows(REQUESTS, list("FirewallChangeRequest", List.of(items)));
  }

  private static String list(String kind, List<String> items) {
    String group = kind.equals("EvidenceRecord") ? "orchestrator" : "processes";
    return ("{\"apiVersion\": \"%s.secamo.io/v1alpha1\", \"kind\": \"%sList\","
            + " \"metadata\": {}, \"items\": [%s]}")
        .formatted(group, kind, String.join(",", items));
  }

  private static String request(String name, String spec, String status) {
    return """
    {"metadata": {"name": "%s", "namespace": "team-a", "uid": "uid-%1$s"},
     "spec": {%s}, "status": {%s}}
    """
        .formatted(name, spec, status);
  }

  private static String entries(String name) throws IOException {
    return new JsonMapper().readTree(EvidenceFile.write(record(name))).get("entries").toString();
  }

  private static EvidenceRecordSpec record(String name, String... happened) {
    Subject subject =
        new Subject("FirewallChangeRequest", "team-a", name, "uid-" + name, "cluster-1");
    Chain chain = new Chain(List.of());
    chain.add(
        new Happening(Chain.SUBMITTED, "anna", null, Chain.identity(subject)), Seen.NINE, false);
    Stream.of(happened).forEach(what -> chain.add(Happening.of(what), Seen.NINE, false));
    return new EvidenceRecordSpec(subject, chain.entries());
  }

  private int run(String... more) throws IOException {
    return KubectlProcess.run(
        Seen.atNine(80, out, err),
        Stream.concat(
                Stream.of(
                    "uninstall", "--check", "--kubeconfig", server.kubeconfig(folder).toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }
}
