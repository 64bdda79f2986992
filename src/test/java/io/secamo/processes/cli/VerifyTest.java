package io.secamo.processes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec.Subject;
import io.secamo.processes.cli.terminal.Console;
import io.secamo.processes.evidence.Chain;
import io.secamo.processes.evidence.Chain.Happening;
import io.secamo.processes.evidence.EvidenceFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever verifies evidence hears whether it was changed, and not whether a file looks unusual. */
class VerifyTest {
  private static final Instant NINE = Instant.parse("2027-01-04T09:00:00Z");
  private static final Path KUBECTL =
      Path.of("src/test/resources/evidence/as-kubectl-writes-it.yaml");
  private static final int GENUINE = 0;
  private static final int CHANGED = 1;
  private static final int NO_EVIDENCE = 3;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Ticking clock = new Ticking(NINE);
  @TempDir private Path folder;
  private String yaml;

  @BeforeEach
  void asKubectlWritesIt() throws IOException {
    yaml = Files.readString(KUBECTL);
  }

  @Test
  void aRecordAsKubectlGetsItIsGenuine() throws IOException {
    assertThat(verify(write("record.yaml", yaml))).as(err.toString()).isEqualTo(GENUINE);
    assertThat(out.toString())
        .isEqualTo(
            "genuine: team-a/web, 2 entries, head"
                + " 966e140fdb43233f9aaf977fec2dd40f828ccfb3c32cfb9350b52dd0dd52335b\n");
    assertThat(verify(write("record.json", json(yaml)))).as(err.toString()).isEqualTo(GENUINE);
  }

  /** It read like a part of what is proved. */
  @Test
  void whatIsWrittenBesideItsSpecIsNoPartOfIt() throws IOException {
    assertThat(verify(write("record.yaml", yaml + "verdict: approved by the board\n")))
        .isEqualTo(CHANGED);
    assertThat(err.toString()).startsWith("NOT GENUINE: verdict is in no record: it was added\n");
  }

  @Test
  void aWordThatWasChangedInItIsFound() throws IOException {
    assertThat(verify(write("record.yaml", yaml.replace("by: \"yes\"", "by: \"no\""))))
        .isEqualTo(CHANGED);
    assertThat(err.toString())
        .startsWith("NOT GENUINE: entry 2 (Vote) was changed: its hash does not fit\n")
        .contains("Do not rely on it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "what: Vote | 'what: Vote\n    approved: by the boss' | entries[1].approved",
        "seq: 2 | seq: 1.9 | entries[1].seq",
        "at: \"2027-01-04T09:00:01Z\" | at: soon | entries[1].at",
        "what: Vote | '' | entry 2 is not whole",
        "cluster: cluster-1 | cluster: cluster-2 | the record names another process",
      })
  void whatNoHashCoversIsNoPartOfARecord(String text, String other, String problem)
      throws IOException {
    assertThat(verify(write("record.yaml", yaml.replace(text, other)))).isEqualTo(CHANGED);
    assertThat(err.toString()).startsWith("NOT GENUINE: ").contains(problem);
  }

  @Test
  void whatTheServerAddsAndInWhichOrderChangesNothing() throws IOException {
    String fields = "  managedFields:\n  - manager: processes\n    operation: Update\n";
    String labelled = "  labels:\n    team: a\n" + fields + "  generation: 4\n";

    assertThat(verify(write("record.yaml", yaml.replace("  name: uid-1\n", labelled))))
        .as(err.toString())
        .isEqualTo(GENUINE);
    assertThat(verify(write("record.yaml", yaml.replace("\n", "\r\n")))).isEqualTo(GENUINE);
    assertThat(verify(write("record.yaml", "\ufeff# kept\n---\n" + yaml))).isEqualTo(GENUINE);
  }

  @Test
  void anExportThatWasWrittenAnewInAnotherOrderIsGenuineAndSaysThatItWas() throws IOException {
    String export = new String(EvidenceFile.write(record("web")), StandardCharsets.UTF_8);
    Path anew =
        write("e.json", Serialization.asJson(Serialization.unmarshal(export, Object.class)));

    assertThat(verify(write("first.json", export))).isEqualTo(GENUINE);
    assertThat(out.toString()).doesNotContain("as an export has it");
    assertThat(verify(anew)).as(err.toString()).isEqualTo(GENUINE);
    assertThat(out.toString())
        .contains("not as an export has it", "entries may be", "missing at its end");
  }

  @Test
  void aListOfRecordsIsCheckedRecordByRecord() throws IOException {
    String list = list(yaml, yaml.replace("by: \"yes\"", "by: \"no\""));

    assertThat(verify(write("list.yaml", list))).isEqualTo(CHANGED);
    assertThat(out.toString())
        .startsWith("genuine: team-a/web, 2 entries")
        .endsWith("1 file: 1 genuine, 1 NOT GENUINE\n");
    assertThat(err.toString()).startsWith("team-a/web: NOT GENUINE: entry 2 (Vote) was changed");
    assertThat(verify(write("list.json", json(list(yaml, yaml))))).isEqualTo(GENUINE);
  }

  @Test
  void severalDocumentsOfAFileAreAllChecked() throws IOException {
    String more = yaml + "---\n" + object(record("mail")) + "---\n" + yaml.replace("web", "wep");

    assertThat(verify(write("more.yaml", more))).isEqualTo(CHANGED);
    assertThat(out.toString()).contains("genuine: team-a/web,", "genuine: team-a/mail,");
    assertThat(err.toString()).startsWith("team-a/wep: NOT GENUINE: ");
    assertThat(verify(write("two.json", json(yaml) + "\n" + json(yaml)))).isEqualTo(GENUINE);
  }

  @Test
  void aFolderIsCheckedFileByFileAndEachIsNamed() throws IOException {
    write("a.yaml", yaml);
    write("b.json", new String(EvidenceFile.write(record("mail")), StandardCharsets.UTF_8));
    Files.createDirectory(folder.resolve("older"));
    write("older/c.yaml", yaml.replace("Submitted", "Admitted"));
    write("notes", "call the auditor\n");
    write(".hidden", "none of ours");

    assertThat(verify(folder)).isEqualTo(CHANGED);
    assertThat(out.toString().lines())
        .hasSize(3)
        .anyMatch(
            line -> line.startsWith(folder.resolve("a.yaml") + ": genuine: team-a/web, 2 entries"))
        .anyMatch(
            line -> line.startsWith(folder.resolve("b.json") + ": genuine: team-a/mail, 2 entries"))
        .endsWith("4 files: 2 genuine, 1 NOT GENUINE, 1 no evidence record");
    assertThat(err.toString())
        .contains(folder.resolve("older/c.yaml") + ": NOT GENUINE: entry 1 (Admitted)")
        .contains(folder.resolve("notes") + ": no evidence record: ")
        .doesNotContain(".hidden");
  }

  @Test
  void severalFilesMayBeNamedAndTheWorstDecides() throws IOException {
    Path good = write("good.yaml", yaml);
    Path none = write("none.yaml", "");
    Path bad = write("bad.yaml", yaml.replace("web", "wep"));

    assertThat(verify(good, good)).isEqualTo(GENUINE);
    assertThat(out.toString()).endsWith("2 files: 2 genuine\n");
    assertThat(verify(good, none)).isEqualTo(NO_EVIDENCE);
    assertThat(verify(bad, none)).isEqualTo(CHANGED);
    assertThat(verify(none, bad)).isEqualTo(CHANGED);
  }

  @Test
  void itSaysHowFarItIsWhenItTakesLong() throws IOException {
    for (int number = 0; number < 12; number++) {
      write(number + ".yaml", yaml);
    }
    assertThat(verify(folder)).isEqualTo(GENUINE);
    assertThat(err.toString()).isEmpty();

    clock.step = Duration.ofSeconds(1);
    assertThat(verify(folder)).isEqualTo(GENUINE);
    assertThat(err.toString()).startsWith("3 of 12 files checked\n").doesNotContain("\n4 of");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "NULL",
      value = {
        "'' | it is empty",
        "'\n---\n# nothing\n' | it is empty",
        "hello | it is YAML, but no object",
        "'{\"kind\": \"EvidenceRecord\", ' | line 1 is not JSON",
        "'kind: EvidenceRecord\nspec: [a' | is not YAML",
        "'kind: Pod\napiVersion: v1' | it is a Pod",
        "'kind: EvidenceRecord\n"
            + "apiVersion: example.com/v1' | it is an EvidenceRecord of example.com",
        "'kind: List\nitems: []' | the list is empty",
        "'kind: List\nitems: [{kind: Pod}]' | item 1: it is a Pod",
        "'a: 1' | it has no kind",
        "'{}' | it has no kind",
        "'kind: EvidenceRecord\napiVersion: orchestrator.secamo.io/v1alpha1' | it has no spec",
        "'a: &x [b]\nkind: *x' | line 2 has an alias",
        "'a: 1\na: 2' | line 2 says a a second time",
      })
  void whatIsNoEvidenceRecordIsNotCalledAForgery(String text, String why) throws IOException {
    Path file = write("file", text);

    assertThat(verify(file)).isEqualTo(NO_EVIDENCE);
    assertThat(err.toString())
        .startsWith(file + ": no evidence record: ")
        .contains(why)
        .doesNotContain("NOT GENUINE")
        .containsPattern("[Ee]xport|look for the file")
        .hasLineCount(1);
  }

  @Test
  void bytesThatAreNoTextAreNoEvidenceRecord() throws IOException {
    Path picture = Files.write(folder.resolve("p.png"), new byte[] {(byte) 0x89, 'P', 0, 1, 2});
    Path zeros = Files.write(folder.resolve("zeros"), new byte[4096]);

    assertThat(verify(zeros)).isEqualTo(NO_EVIDENCE);
    assertThat(err.toString()).contains(zeros + ": no evidence record: it is no text; look for");
    assertThat(verify(picture)).isEqualTo(NO_EVIDENCE);
    assertThat(err.toString()).contains(picture + ": no evidence record: it is no text; look for");
  }

  /** As PowerShell writes what a command prints into a file. */
  @Test
  void evidenceInTheTextOfWindowsIsRead() throws IOException {
    Path file =
        Files.write(
            folder.resolve("w.yaml"), ("\ufeff" + yaml).getBytes(StandardCharsets.UTF_16LE));

    assertThat(verify(file)).as(err.toString()).isEqualTo(GENUINE);
  }

  @Test
  void aFileThatIsTooLargeIsNotReadAndTheBoundIsSaid() throws IOException {
    Path large = folder.resolve("large.yaml");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(40L << 20);
    }
    assertThat(verify(large)).isEqualTo(NO_EVIDENCE);
    assertThat(err.toString())
        .isEqualTo(
            "reading "
                + large
                + ", 40 MiB\n"
                + large
                + ": cannot be read: it is larger than 32 MiB; export fewer records at once\n");
  }

  @Test
  void whatIsNotThereIsSaidInASentence() {
    assertThat(verify(Path.of("no/such/file"))).isEqualTo(NO_EVIDENCE);
    assertThat(err.toString())
        .isEqualTo("no/such/file: cannot be read: it is not there; look for the file\n");
    assertThat(verify(folder)).isEqualTo(NO_EVIDENCE);
    assertThat(err.toString())
        .contains(
            folder + ": cannot be read: there is no file in it: name the folder in which they are");
  }

  @Test
  void aHashOfTheTicketMustBeInOneOfTheRecords() throws IOException {
    Path file = write("list.yaml", list(yaml, object(record("mail"))));
    String head = record("mail").entries().get(0).hash();

    assertThat(verify(file, Path.of("--head=" + head))).as(err.toString()).isEqualTo(GENUINE);
    assertThat(verify(file, Path.of("--head=" + "0".repeat(64)))).isEqualTo(CHANGED);
    assertThat(err.toString()).contains("it is another story, or its end is missing");
    assertThat(verify(Path.of("no/such/file"), Path.of("--head=" + head))).isEqualTo(NO_EVIDENCE);
  }

  /** One record was told as genuine and as not genuine. */
  @Test
  void oneRecordGetsOneVerdict() throws IOException {
    Path file = write("mail.json", object(record("mail")));

    assertThat(verify(file, Path.of("--head=" + "0".repeat(64)))).isEqualTo(CHANGED);

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).startsWith("NOT GENUINE: no entry has the hash 0000");
  }

  /** It is a slip of who types it, and says nothing about the record. */
  @Test
  void whatIsNoHashIsWrongUsage() throws IOException {
    Path file = write("mail.json", object(record("mail")));

    assertThat(verify(file, Path.of("--head=1234"))).isEqualTo(2);

    assertThat(err.toString())
        .isEqualTo(
            """
            --head 1234 is no hash: a hash has 64 signs, 0-9 and a-f
            How it is used: kubectl process verify --help
            """);
  }

  @Test
  void noFileAtAllIsWrongUsage() {
    assertThat(verify()).isEqualTo(2);
    assertThat(verify(Path.of(""))).as("a script whose variable is not set").isEqualTo(2);
    assertThat(err.toString()).startsWith("FILE is empty: name a file or a folder\n");
  }

  private static String list(String... records) {
    StringBuilder list = new StringBuilder("apiVersion: v1\nitems:\n");
    for (String record : records) {
      list.append("- ").append(record.stripTrailing().replace("\n", "\n  ")).append("\n");
    }
    return list.append("kind: List\nmetadata:\n  resourceVersion: \"\"\n").toString();
  }

  private static String json(String yaml) {
    String quoted = yaml.replace("123456789e123456", "\"123456789e123456\"");
    return Serialization.asJson(Serialization.unmarshal(quoted, Object.class));
  }

  private static String object(EvidenceRecordSpec record) {
    String spec = new String(EvidenceFile.write(record), StandardCharsets.UTF_8);
    return "apiVersion: orchestrator.secamo.io/v1alpha1\nkind: EvidenceRecord\nspec: " + spec;
  }

  private static EvidenceRecordSpec record(String name) {
    Subject subject = new Subject("FirewallChangeRequest", "team-a", name, "uid-2", "cluster-1");
    Chain chain = new Chain(List.of());
    chain.add(new Happening(Chain.SUBMITTED, "ann", null, Chain.identity(subject)), NINE, false);
    chain.add(new Happening("Vote", "bob", "0f", List.of("Approve")), NINE, false);
    return new EvidenceRecordSpec(subject, chain.entries());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private int verify(Path... files) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    Console console =
        new Console(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            new BufferedReader(new StringReader("")),
            false,
            clock);
    String[] arguments =
        IntStream.rangeClosed(0, files.length)
            .mapToObj(i -> i == 0 ? "verify" : files[i - 1].toString())
            .toArray(String[]::new);
    return KubectlProcess.run(console, arguments);
  }
}
