package io.secamo.processes.cli;

import static io.secamo.processes.cli.Listening.REQUESTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec.Subject;
import io.secamo.processes.cli.terminal.Seen;
import io.secamo.processes.evidence.Chain;
import io.secamo.processes.evidence.Chain.Happening;
import io.secamo.processes.evidence.EvidenceFile;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An auditor asks for the evidence of a time, and keeps it elsewhere. */
class ExportTest {
  private static final String RECORDS =
      "/apis/orchestrator.secamo.io/v1alpha1/namespaces/team-a/evidencerecords";
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Listening server = new Listening();
  @TempDir private Path folder;
  private Path kubeconfig;
  private Path to;

  @BeforeEach
  void recordsOfThreeDays() throws IOException {
    kubeconfig = server.kubeconfig(folder);
    to = folder.resolve("kept");
    server.knows(RECORDS, list(record("old", 9), record("week", 5), record("new", 1)));
    server.knows(
        "/api/v1/namespaces/team-a",
        "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"team-a\"}}");
    server.knows(
        REQUESTS,
        "{\"apiVersion\": \"processes.secamo.io/v1alpha1\", \"kind\":"
            + " \"FirewallChangeRequestList\", \"items\": []}");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theEvidenceOfATimeIsPutIntoAFolderAndIsGenuineThere() throws IOException {
    assertThat(run("evidence", "--since", "7d", "--until", "2d", "--to", to.toString()))
        .as(err.toString())
        .isZero();

    assertThat(files()).containsExactly("team-a_week_uid-week.json");
    assertThat(out.toString())
        .isEqualTo("1 record in " + to + ". To verify:\n  kubectl process verify " + to + "\n");
    assertThat(KubectlProcess.run(Seen.atNine(200, out, err), "verify", to.toString())).isZero();
  }

  @Test
  void whatIsInTheFolderAlreadyIsLeftAlone() throws IOException {
    Files.createDirectories(to);
    Files.writeString(to.resolve("mine"), "x");

    assertThat(run("evidence", "--since", "7d", "--to", to.toString())).isEqualTo(1);

    assertThat(err.toString()).startsWith(to + " is not empty: ");
    assertThat(files()).containsExactly("mine");
  }

  @Test
  void aNameThatLeadsElsewhereStaysInTheFolder() throws IOException {
    server.knows(RECORDS, list(record("../../evil", 1)));

    assertThat(run("evidence", "--since", "7d", "--to", to.toString())).isZero();

    assertThat(files()).containsExactly("team-a_..-..-evil_uid-..-..-evil.json");
  }

  @Test
  void whereNothingHappenedThereIsNoFolder() {
    assertThat(run("evidence", "--until", "30d", "--to", to.toString())).isEqualTo(1);
    assertThat(err.toString()).startsWith("nothing happened in that time");
    assertThat(to).doesNotExist();
  }

  /** Whoever asks of one namespace need not be allowed to look into all. */
  @Test
  void whatLeftNoEvidenceIsLookedForWhereTheRequesterMayLook() {
    assertThat(run("evidence", "nope")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo(
            "nope has left no evidence yet, or there never was such a request: kubectl get fcr -n"
                + " team-a shows those there\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--since 7d",
        "--since yesterday --to x",
        "--since 2d --until 7d --to x",
        "web --since 7d --to x",
        "web -o yaml",
        "--since 7d --uid u --to x",
        ""
      })
  void whatCannotBeWrittenIsWrongUsage(String words) {
    List<String> all = new ArrayList<>(List.of("evidence"));
    all.addAll(List.of(words.isEmpty() ? new String[0] : words.split(" ")));
    assertThat(run(all.toArray(String[]::new))).isEqualTo(2);
    assertThat(server.asked).isEmpty();
  }

  private List<String> files() throws IOException {
    try (var all = Files.list(to)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static EvidenceRecordSpec record(String name, int daysAgo) {
    Instant at = Seen.NINE.minus(Duration.ofDays(daysAgo));
    Subject subject =
        new Subject("FirewallChangeRequest", "team-a", name, "uid-" + name, "cluster-1");
    Chain chain = new Chain(List.of());
    chain.add(new Happening(Chain.SUBMITTED, "anna", null, Chain.identity(subject)), at, false);
    return new EvidenceRecordSpec(subject, chain.entries());
  }

  private static String list(EvidenceRecordSpec... records) throws IOException {
    JsonMapper json = new JsonMapper();
    ObjectNode list = json.createObjectNode();
    list.put("apiVersion", "orchestrator.secamo.io/v1alpha1").put("kind", "EvidenceRecordList");
    var items = list.putArray("items");
    for (EvidenceRecordSpec record : records) {
      ObjectNode item = items.addObject();
      item.putObject("metadata").put("name", "r").put("creationTimestamp", "2027-01-01T00:00:00Z");
      item.set("spec", json.readTree(EvidenceFile.write(record)));
    }
    return list.toString();
  }

  private int run(String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--kubeconfig", kubeconfig.toString()));
    return KubectlProcess.run(Seen.atNine(200, out, err), all.toArray(String[]::new));
  }
}
