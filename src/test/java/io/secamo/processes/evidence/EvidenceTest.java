package io.secamo.processes.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.EvidenceEntry;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec.Subject;
import io.secamo.processes.evidence.Chain.Happening;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EvidenceTest {
  private static final Path KUBECTL =
      Path.of("src/test/resources/evidence/as-kubectl-writes-it.yaml");
  private static final Instant NINE = Instant.parse("2027-01-04T09:00:00Z");
  private static final Subject SHOP =
      new Subject("FirewallChangeRequest", "team-a", "web", "uid-1", "cluster-1");

  @Test
  void whatWasExportedIsWhatIsFound() {
    Finding finding = EvidenceFile.check(EvidenceFile.write(story())).get(0);

    assertThat(finding.verdict()).isEqualTo(Finding.Verdict.GENUINE);
    assertThat(finding.asExported()).isTrue();
    assertThat(finding.hashes()).hasSize(4).endsWith(story().entries().get(3).hash());
  }

  @Test
  void everyChangedByteIsNoticed() {
    byte[] file = EvidenceFile.write(story());
    int unnoticed = 0;
    for (int at = 0; at < file.length; at++) {
      for (int flip : new int[] {1, 4, 32}) {
        byte[] changed = file.clone();
        changed[at] ^= (byte) flip;
        unnoticed += asItWas(changed) ? 1 : 0;
      }
    }
    System.out.println(
        "FIGURE evidence: " + 3 * file.length + " changed bytes, missed " + unnoticed);
    assertThat(unnoticed).isZero();
  }

  @Test
  void aCutOrLongerFileIsNoticed() {
    byte[] file = EvidenceFile.write(story());
    byte[] more = (new String(file, StandardCharsets.UTF_8) + " ").getBytes(StandardCharsets.UTF_8);

    assertThat(asItWas(file)).isTrue();
    assertThat(asItWas(Arrays.copyOf(file, file.length - 1))).isFalse();
    assertThat(asItWas(more)).isFalse();
    assertThat(asItWas(new byte[0])).isFalse();
  }

  private static boolean asItWas(byte[] file) {
    List<Finding> found = EvidenceFile.check(file);
    return found.stream().allMatch(f -> f.verdict() == Finding.Verdict.GENUINE && f.asExported());
  }

  /** What is genuine says what the operator wrote, however it is spelt. */
  @Test
  void noChangedByteOfWhatKubectlWritesMakesAnotherStory() throws IOException {
    byte[] file = Files.readAllBytes(KUBECTL);
    List<String> hashes = EvidenceFile.check(file).get(0).hashes();
    int spec = new String(file, StandardCharsets.UTF_8).indexOf("\nspec:");
    List<String> others = new ArrayList<>();
    for (int at = spec; at < file.length; at++) {
      for (int flip : new int[] {1, 2, 4, 8, 16, 32, 64}) {
        byte[] changed = file.clone();
        changed[at] ^= (byte) flip;
        for (Finding finding : EvidenceFile.check(changed)) {
          if (finding.verdict() == Finding.Verdict.GENUINE && !finding.hashes().equals(hashes)) {
            others.add(at + " flipped by " + flip + ": " + finding);
          }
        }
      }
    }
    assertThat(others).isEmpty();
  }

  /** A record that was cut off says less, but nothing false. */
  @Test
  void aFileThatWasCutOffAnywhereIsNeverCalledAForgery() throws IOException {
    String record = Files.readString(KUBECTL);
    String items = "- " + record.stripTrailing().replace("\n", "\n  ") + "\n";
    String list = "apiVersion: v1\nitems:\n" + items + items + "kind: List\nmetadata: {}\n";
    String export = new String(EvidenceFile.write(story()), StandardCharsets.UTF_8);
    List<String> wrong = new ArrayList<>();
    for (String text : List.of(record, list, record + "---\n" + record, export)) {
      byte[] whole = text.getBytes(StandardCharsets.UTF_8);
      int end = text.endsWith("}\n") && text.startsWith("{") ? 2 : "metadata: {}\n".length() + 1;
      for (int length = 0; length < whole.length; length++) {
        List<Finding> found = EvidenceFile.check(Arrays.copyOf(whole, length));
        boolean all = found.stream().allMatch(f -> f.verdict() == Finding.Verdict.GENUINE);
        boolean changed = found.stream().anyMatch(f -> f.verdict() == Finding.Verdict.NOT_GENUINE);
        String left = new String(Arrays.copyOf(whole, length), StandardCharsets.UTF_8);
        boolean between = left.replace("\n---", "\n").strip().equals(record.strip());
        if (changed || (all && length < whole.length - end && !between)) {
          wrong.add(length + " of " + whole.length + " bytes: " + found);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void aMissingEntryIsNamed() {
    List<EvidenceEntry> entries = new ArrayList<>(story().entries());
    entries.remove(1);

    assertThat(Chain.problem(new EvidenceRecordSpec(SHOP, entries)).orElseThrow())
        .isEqualTo("entry 2 (Approved) carries the number 3: an entry is missing or moved");
  }

  @Test
  void twoSwappedEntriesAreNoticed() {
    List<EvidenceEntry> entries = new ArrayList<>(story().entries());
    Collections.swap(entries, 1, 2);

    assertThat(Chain.problem(new EvidenceRecordSpec(SHOP, entries))).isPresent();
  }

  @Test
  void anotherVoterInAnEntryIsNamed() {
    List<EvidenceEntry> entries = new ArrayList<>(story().entries());
    EvidenceEntry vote = entries.get(1);
    entries.set(
        1,
        new EvidenceEntry(
            vote.seq(),
            vote.at(),
            vote.what(),
            "mallory",
            vote.digest(),
            vote.facts(),
            vote.previous(),
            vote.hash()));

    assertThat(Chain.problem(new EvidenceRecordSpec(SHOP, entries)).orElseThrow())
        .isEqualTo("entry 2 (Vote) was changed: its hash does not fit");
  }

  @Test
  void aRecordOfAnotherProcessIsNotTakenForThisOne() {
    Subject other = new Subject("FirewallChangeRequest", "team-a", "other", "uid-1", "cluster-1");

    assertThat(Chain.problem(new EvidenceRecordSpec(other, story().entries())).orElseThrow())
        .contains("another process");
  }

  @Test
  void aStoryToldTwiceStandsOnce() {
    Chain chain = new Chain(story().entries());
    chain.add(Happening.of("Approved", "security 1 of 1"), NINE.plusSeconds(99), false);

    assertThat(chain.entries()).hasSize(4);
  }

  @Test
  void aLongChainKeepsRoomForItsEnd() {
    Chain chain = new Chain(List.of());
    for (int i = 0; i < 500; i++) {
      chain.add(Happening.of("Vote", "number " + i), NINE, false);
    }
    chain.add(Happening.of("Ended", "Completed"), NINE, true);

    assertThat(chain.entries()).hasSizeLessThan(200);
    assertThat(chain.entries().get(chain.entries().size() - 1).what()).isEqualTo("Ended");
  }

  private static EvidenceRecordSpec story() {
    Chain chain = new Chain(List.of());
    chain.add(new Happening(Chain.SUBMITTED, "requester", null, Chain.identity(SHOP)), NINE, false);
    chain.add(
        new Happening("Vote", "approver", "0f".repeat(32), List.of("Approve at security: fine")),
        NINE.plusSeconds(1),
        false);
    chain.add(Happening.of("Approved", "security 1 of 1"), NINE.plusSeconds(2), false);
    chain.add(Happening.of("Ended", "Completed: naïve ✓"), NINE.plusSeconds(3), true);
    return new EvidenceRecordSpec(SHOP, chain.entries());
  }
}
