package io.secamo.processes.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.EvidenceEntry;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec.Subject;
import io.secamo.processes.evidence.Chain.Happening;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told about a file that is not, or not quite, an exported record. */
class EvidenceFileTest {
  private static final Instant NINE = Instant.parse("2027-01-04T09:00:00Z");
  private static final Subject SHOP =
      new Subject("FirewallChangeRequest", "team-a", "web", "uid-1", "cluster-1");
  private static final String MISSING = "it is not an exported record: fields are missing";

  @Test
  void anEntryWithoutFactsIsExportedAndFoundAsItIs() {
    EvidenceRecordSpec record = record();

    EvidenceFile.Finding finding = EvidenceFile.check(EvidenceFile.write(record));

    assertThat(finding.problem()).isEmpty();
    assertThat(finding.hashes())
        .containsExactlyElementsOf(record.entries().stream().map(EvidenceEntry::hash).toList());
    assertThat(record.entries().get(1).facts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"kind", "namespace", "name", "uid", "cluster", "at", "what", "previous", "hash"})
  void aRecordWithoutOneOfItsFieldsIsNoRecord(String field) {
    String without =
        text().replaceAll("\"" + field + "\" : \"[^\"]*\"", "\"" + field + "\" : null");

    assertThat(problem(without)).isEqualTo(MISSING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "{}", "{\"entries\": []}", "{\"process\": null, \"entries\": []}"})
  void somethingEmptyIsNoRecord(String text) {
    assertThat(problem(text)).isEqualTo(MISSING);
  }

  @Test
  void aRecordWithoutEntriesOrWithEmptyOnesIsNoRecord() {
    String process = text().substring(0, text().indexOf("\"entries\""));

    assertThat(problem(process + "\"entries\": null}")).isEqualTo(MISSING);
    assertThat(problem(process + "\"entries\": [null]}")).isEqualTo(MISSING);
    assertThat(problem(process + "\"entries\": []}")).isEqualTo("the record has no entries");
  }

  @Test
  void aRecordWithAnEmptyFactIsNoRecord() {
    assertThat(problem(text().replace("\"kind FirewallChangeRequest\"", "null")))
        .isEqualTo(MISSING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hello | Unrecognized token 'hello': was expecting (JSON String,",
        "{\"a\": 1} | Unrecognized field \"a\"",
        "[] | Cannot deserialize value",
        "{\"entries\": [{\"seq\": null}]} | Cannot map `null` into type `int`"
      })
  void whyAFileIsNoRecordIsToldInOneLine(String text, String why) {
    assertThat(problem(text))
        .startsWith("it is not an exported record: " + why)
        .doesNotContain("\n");
  }

  @Test
  void aFileThatIsNoRecordShowsNoHashes() {
    assertThat(EvidenceFile.check("{}".getBytes(StandardCharsets.UTF_8)).hashes()).isEmpty();
  }

  @Test
  void aRecordInAnotherSpellingIsToldFromOneWithOtherEntries() {
    assertThat(problem(text().replace("  ", " ")))
        .isEqualTo("its text is not as it was exported, though its entries are");
    assertThat(problem(text().replace("Withdrawn", "Withheld")))
        .isEqualTo("entry 2 (Withheld) was changed: its hash does not fit");
  }

  @Test
  void theHashesOfABrokenRecordAreShownAsTheyStand() {
    List<EvidenceEntry> entries = new ArrayList<>(record().entries());
    Collections.swap(entries, 0, 1);

    EvidenceFile.Finding finding =
        EvidenceFile.check(EvidenceFile.write(new EvidenceRecordSpec(SHOP, entries)));

    assertThat(finding.problem()).isPresent();
    assertThat(finding.hashes()).containsExactly(entries.get(0).hash(), entries.get(1).hash());
  }

  private static EvidenceRecordSpec record() {
    Chain chain = new Chain(List.of());
    chain.add(new Happening(Chain.SUBMITTED, "ann", null, Chain.identity(SHOP)), NINE, false);
    chain.add(Happening.of("Withdrawn"), NINE.plusSeconds(1), true);
    return new EvidenceRecordSpec(SHOP, chain.entries());
  }

  private static String text() {
    return new String(EvidenceFile.write(record()), StandardCharsets.UTF_8);
  }

  private static String problem(String text) {
    return EvidenceFile.check(text.getBytes(StandardCharsets.UTF_8)).problem().orElse("");
  }
}
