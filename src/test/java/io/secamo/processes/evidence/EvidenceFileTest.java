package io.secamo.processes.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.EvidenceEntry;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec.Subject;
import io.secamo.processes.evidence.Chain.Happening;
import io.secamo.processes.evidence.Finding.Verdict;
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

  @Test
  void anEntryWithoutFactsIsExportedAndFoundAsItIs() {
    EvidenceRecordSpec record = record();

    Finding finding = EvidenceFile.check(EvidenceFile.write(record)).get(0);

    assertThat(finding.verdict()).isEqualTo(Verdict.GENUINE);
    assertThat(finding.process()).isEqualTo("team-a/web");
    assertThat(finding.asExported()).isTrue();
    assertThat(finding.hashes())
        .containsExactlyElementsOf(record.entries().stream().map(EvidenceEntry::hash).toList());
    assertThat(record.entries().get(1).facts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"kind", "namespace", "name", "uid", "cluster"})
  void aRecordThatDoesNotNameItsProcessIsNotTheWholeOfOne(String field) {
    assertThat(found(without(field)))
        .isEqualTo(
            Finding.none(
                "no evidence record: it has no process."
                    + field
                    + "; was it cut off? Export it again"));
  }

  /** The process stands behind the entries: what lacks in them was not cut off. */
  @ParameterizedTest
  @ValueSource(strings = {"at", "what", "previous", "hash"})
  void anEntryWithoutOneOfItsFieldsWasChanged(String field) {
    assertThat(found(without(field)))
        .isEqualTo(
            Finding.unreadable(
                "team-a/web", "entry 1 is not whole: something was taken out of it"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null | it is empty; export it again",
        "{} | it has no kind; was it cut off? Export it again",
        "{\"entries\": []} | it has no kind; was it cut off? Export it again",
        "{\"process\": null, \"entries\": []} | it has no kind; was it cut off? Export it again",
        "[] | the list is empty; export it from where there are records",
        "{\"process\": {}, \"entries\": []} | it has no process.cluster; was it cut off? Export it"
            + " again",
      })
  void somethingEmptyIsNoRecord(String text, String problem) {
    assertThat(found(text)).isEqualTo(Finding.none("no evidence record: " + problem));
  }

  @Test
  void aRecordWithoutEntriesOrWithEmptyOnesWasChanged() {
    String process = text().substring(0, text().indexOf("\"entries\""));

    assertThat(found(process + "\"entries\": [null]}"))
        .isEqualTo(
            Finding.unreadable(
                "team-a/web", "entry 1 is not whole: something was taken out of it"));
    assertThat(found(process + "\"entries\": []}"))
        .extracting(Finding::verdict, Finding::problem)
        .containsExactly(Verdict.NOT_GENUINE, "the record has no entries");
  }

  @Test
  void aRecordWithAnEmptyFactWasChanged() {
    assertThat(found(text().replace("\"kind FirewallChangeRequest\"", "null")).problem())
        .isEqualTo("entry 1 is not whole: something was taken out of it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"seq\" : 2 | \"seq\" : null | entries[1].seq was changed: nobody writes that there",
        "\"seq\" : 2 | \"seq\" : 2.5 | entries[1].seq was changed: nobody writes that there",
        "\"seq\" : 2 | \"seq\" : 2, \"ok\" : true | entries[1].ok is in no record: it was added",
        "\"uid-1\" | \"uid-1\", \"owner\": \"eve\" | process.owner is in no record: it was added",
        "09:00:01Z | soon | entries[1].at was changed: nobody writes that there",
      })
  void whatIsInNoRecordIsNamed(String text, String other, String problem) {
    assertThat(found(text().replace(text, other)))
        .isEqualTo(Finding.unreadable("team-a/web", problem));
  }

  @Test
  void aRecordInAnotherSpellingIsToldFromOneWithOtherEntries() {
    assertThat(found(text().replace("  ", " ")))
        .extracting(Finding::verdict, Finding::asExported)
        .containsExactly(Verdict.GENUINE, false);
    assertThat(found(text().replace("Withdrawn", "Withheld")))
        .extracting(Finding::verdict, Finding::problem)
        .containsExactly(
            Verdict.NOT_GENUINE, "entry 2 (Withheld) was changed: its hash does not fit");
  }

  @Test
  void theHashesOfABrokenRecordAreShownAsTheyStand() {
    List<EvidenceEntry> entries = new ArrayList<>(record().entries());
    Collections.swap(entries, 0, 1);

    Finding finding =
        EvidenceFile.check(EvidenceFile.write(new EvidenceRecordSpec(SHOP, entries))).get(0);

    assertThat(finding.verdict()).isEqualTo(Verdict.NOT_GENUINE);
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

  private static String without(String field) {
    return text().replaceAll("\"" + field + "\" : \"[^\"]*\"", "\"" + field + "\" : null");
  }

  private static Finding found(String text) {
    List<Finding> found = EvidenceFile.check(text.getBytes(StandardCharsets.UTF_8));
    assertThat(found).hasSize(1);
    return found.get(0);
  }
}
