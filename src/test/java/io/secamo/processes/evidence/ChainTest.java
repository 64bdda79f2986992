package io.secamo.processes.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.EvidenceEntry;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec.Subject;
import io.secamo.processes.evidence.Chain.Happening;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a chain takes in, what its hashes cover, and how it says what is wrong with it. */
class ChainTest {
  private static final Instant NINE = Instant.parse("2027-01-04T09:00:00Z");
  private static final Subject SHOP =
      new Subject("FirewallChangeRequest", "team-a", "web", "uid-1", "cluster-1");
  private static final Happening SUBMITTED =
      new Happening(Chain.SUBMITTED, "ann", null, Chain.identity(SHOP));
  private static final Happening VOTE =
      new Happening("Vote", "bob", "0f3a", List.of("Approve at security", "fine"));

  @Test
  void everyEntryCarriesItsNumberItsTimeAndTheHashOfTheOneBefore() {
    Chain chain = chain(SUBMITTED, VOTE);
    EvidenceEntry first = chain.entries().get(0);
    EvidenceEntry second = chain.entries().get(1);

    assertThat(first)
        .isEqualTo(
            new EvidenceEntry(
                1,
                NINE,
                "Submitted",
                "ann",
                null,
                Chain.identity(SHOP),
                "0".repeat(64),
                first.hash()));
    assertThat(second)
        .isEqualTo(
            new EvidenceEntry(
                2, NINE, "Vote", "bob", "0f3a", VOTE.facts(), first.hash(), second.hash()));
  }

  /**
   * Some is told at the time of a pass, some at that of a call: whoever reads it reads an order.
   */
  @Test
  void noEntryIsEarlierThanTheOneBefore() {
    Chain chain = chain(SUBMITTED);
    chain.add(VOTE, NINE.minusSeconds(13), false);
    assertThat(chain.entries()).extracting(EvidenceEntry::at).containsExactly(NINE, NINE);
    assertThat(Chain.problem(new EvidenceRecordSpec(SHOP, chain.entries()))).isEmpty();
  }

  @Test
  void recordsOfOlderVersionsStillCheckBecauseAnEntryKeepsItsHash() {
    // SHA-256, computed elsewhere, of the text 1:120:2027-01-04T09:00:00Z4:Vote3:bob4:0f3a1:2
    // 19:Approve at security4:fine64:000... (one line, 64 zeros)
    assertThat(chain(VOTE).head())
        .isEqualTo("a7d69ad3d60e88fd419c6ef3cc140a25cd6dc64f8a6c119c997ba2693fdcc0dc");
  }

  @Test
  void theHeadIsTheHashOfTheNewestEntry() {
    Chain chain = chain(SUBMITTED, VOTE);

    assertThat(chain.head()).isEqualTo(chain.entries().get(1).hash()).hasSize(64);
    assertThat(chain().head()).isEqualTo("0".repeat(64));
  }

  @Test
  void entriesWhoseTextsOnlyTogetherAreTheSameHaveDifferentHashes() {
    Stream<Happening> happenings =
        Stream.of(
            new Happening("Vote", "bob", "0f", List.of("fine")),
            new Happening("Voteb", "ob", "0f", List.of("fine")),
            new Happening("Vote", "bob0", "f", List.of("fine")),
            new Happening("Vote", "bob", "0ff", List.of("ine")),
            new Happening("Vote", "bob", "0f", List.of("fi", "ne")),
            new Happening("Vote", "bob", "0f", List.of("fine", "")),
            new Happening("Vote", "bob", "0f", List.of()),
            new Happening("Vote", "bob", null, List.of("0f", "fine")),
            new Happening("Vote", null, "bob", List.of("0f", "fine")));

    assertThat(happenings.map(happening -> chain(happening).head())).doesNotHaveDuplicates();
  }

  static List<UnaryOperator<EvidenceEntry>> changes() {
    return List.of(
        e -> entry(e, e.at().plusSeconds(1), e.what(), e.by(), e.digest(), e.facts()),
        e -> entry(e, e.at(), "Noted", e.by(), e.digest(), e.facts()),
        e -> entry(e, e.at(), e.what(), "eve", e.digest(), e.facts()),
        e -> entry(e, e.at(), e.what(), null, e.digest(), e.facts()),
        e -> entry(e, e.at(), e.what(), e.by(), "0f3b", e.facts()),
        e -> entry(e, e.at(), e.what(), e.by(), null, e.facts()),
        e -> entry(e, e.at(), e.what(), e.by(), e.digest(), List.of("Reject at security", "fine")),
        e -> entry(e, e.at(), e.what(), e.by(), e.digest(), List.of("Approve at security")),
        e -> entry(e, e.at(), e.what(), e.by(), e.digest(), null));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aChangeOfAnythingAnEntrySaysIsNamed(UnaryOperator<EvidenceEntry> change) {
    List<EvidenceEntry> entries = new ArrayList<>(chain(SUBMITTED, VOTE).entries());
    entries.set(1, change.apply(entries.get(1)));

    assertThat(Chain.problem(new EvidenceRecordSpec(SHOP, entries)).orElseThrow())
        .isEqualTo("entry 2 (" + entries.get(1).what() + ") was changed: its hash does not fit");
  }

  @Test
  void anEntryThatWasPutInPlaceOfAnotherBreaksTheOneBehindIt() {
    Happening approved = Happening.of("Approved", "security 1 of 1");
    List<EvidenceEntry> entries = new ArrayList<>(chain(SUBMITTED, VOTE, approved).entries());
    Happening forged = new Happening("Vote", "eve", "0f3a", VOTE.facts());
    entries.set(1, chain(SUBMITTED, forged).entries().get(1));

    assertThat(Chain.problem(new EvidenceRecordSpec(SHOP, entries)))
        .contains("entry 3 (Approved) does not follow the entry before it");
  }

  @Test
  void aRecordWithoutItsFirstEntryIsNotWhole() {
    List<EvidenceEntry> entries = chain(SUBMITTED, VOTE).entries();

    assertThat(Chain.problem(new EvidenceRecordSpec(SHOP, entries.subList(1, 2))))
        .contains("entry 1 (Vote) carries the number 2: an entry is missing or moved");
    assertThat(Chain.problem(new EvidenceRecordSpec(SHOP, List.of())))
        .contains("the record has no entries");
  }

  @Test
  void aRecordIsTheOneOfAProcessOnlyIfItsFirstEntrySaysSo() {
    String another = "the record names another process than its first entry";
    List<String> most = Chain.identity(SHOP).subList(0, 4);
    List<String> more = new ArrayList<>(Chain.identity(SHOP));
    more.add("asked for 443");

    assertThat(problem(new Happening("Vote", "ann", null, Chain.identity(SHOP))))
        .as("no submission")
        .isEqualTo(another);
    assertThat(problem(Happening.of(Chain.SUBMITTED, most.toArray(String[]::new))))
        .as("no cluster")
        .isEqualTo(another);
    assertThat(problem(Happening.of(Chain.SUBMITTED, more.reversed().toArray(String[]::new))))
        .as("facts in another order")
        .isEqualTo(another);
    assertThat(problem(Happening.of(Chain.SUBMITTED, more.toArray(String[]::new)))).isEmpty();
  }

  @Test
  void theFirstEntrySaysWhichProcessItIs() {
    assertThat(Chain.process(chain(SUBMITTED, VOTE).entries())).isEqualTo(SHOP);
    assertThat(Chain.process(chain(VOTE).entries())).isEqualTo(new Subject("", "", "", "", ""));
    assertThat(Chain.process(List.of())).isEqualTo(new Subject("", "", "", "", ""));
  }

  @Test
  void onlyWhatIsTheSameInEveryRespectStandsOnce() {
    Chain chain = chain(SUBMITTED, VOTE, VOTE);
    chain.add(new Happening("Noted", "bob", "0f3a", VOTE.facts()), NINE, false);
    chain.add(new Happening("Vote", "eve", "0f3a", VOTE.facts()), NINE, false);
    chain.add(new Happening("Vote", "bob", "0f3b", VOTE.facts()), NINE, false);
    chain.add(new Happening("Vote", "bob", "0f3a", List.of("Approve at owner")), NINE, false);
    chain.add(VOTE, NINE.plusSeconds(60), false);

    assertThat(chain.entries()).hasSize(6);
  }

  @Test
  void aStoryWithoutFactsThatWasReadBackStandsOnce() {
    EvidenceEntry told = chain(Happening.of("Withdrawn")).entries().get(0);
    EvidenceEntry read =
        new EvidenceEntry(1, NINE, "Withdrawn", null, null, null, told.previous(), told.hash());

    Chain chain = new Chain(List.of(read));
    chain.add(Happening.of("Withdrawn"), NINE, false);

    assertThat(chain.entries()).containsExactly(read);
  }

  @Test
  void aFullChainTakesNothingButWhatWasDoneAndEndings() {
    Chain chain = chain();
    for (int number = 1; number < 60; number++) {
      chain.add(said(number), NINE, false);
    }
    assertThat(chain.isFull()).isFalse();

    chain.add(said(60), NINE, false);
    chain.add(said(61), NINE, false);
    chain.add(said(62), NINE, false);
    assertThat(chain.isFull()).isTrue();
    assertThat(chain.entries())
        .as("that something is left out is told once")
        .hasSize(61)
        .last()
        .satisfies(gap -> assertThat(gap.what()).isEqualTo("LeftOut"))
        .satisfies(
            gap ->
                assertThat(gap.facts())
                    .containsExactly("Suspended, from here on: this record has no room for more"));

    for (int number = 1; number <= 50; number++) {
      chain.add(Happening.of("Applied", "number " + number), NINE, false);
    }
    assertThat(chain.entries()).as("room for what was done").hasSize(101);
    assertThat(chain.entries().get(99).facts()).containsExactly("number 39");
    assertThat(chain.entries().get(100).facts())
        .containsExactly("Applied, from here on: this record has no room for more");
    chain.add(said(63), NINE, false);
    assertThat(chain.entries()).hasSize(101);

    for (int number = 1; number <= 30; number++) {
      chain.add(Happening.of("Ended", "attempt " + number), NINE, true);
    }
    assertThat(chain.entries()).as("fits into the schema").hasSize(110);
  }

  @Test
  void whatThereWasNoRoomForIsCountedOnceAtTheEndAlsoAfterARestart() {
    Chain chain = chain();
    for (int number = 1; number <= 63; number++) {
      chain.add(said(number), NINE, false);
    }
    Chain later = new Chain(chain.entries(), chain.leftOut());
    later.add(said(62), NINE, false);
    later.add(said(64), NINE, false);
    later.add(Happening.of("Ended", "Rejected"), NINE, true);
    later.add(Happening.of("Ended", "Rejected"), NINE, true);

    assertThat(later.entries().subList(61, later.entries().size()))
        .extracting(e -> e.what() + " " + e.facts())
        .containsExactly("LeftOut [in all: 4]", "Ended [Rejected]");
  }

  @Test
  void moreThanIsCountedIsToldAsMore() {
    Chain chain = chain();
    for (int number = 1; number <= 400; number++) {
      chain.add(said(number), NINE, false);
    }
    chain.add(Happening.of("Ended", "Rejected"), NINE, true);

    assertThat(chain.leftOut()).as("fits into the schema").hasSize(200);
    assertThat(chain.entries().get(61).facts()).containsExactly("in all: 200 or more");
  }

  @Test
  void aRecordWithRoomForAllCountsNothing() {
    Chain chain = chain(SUBMITTED, VOTE);
    chain.add(Happening.of("Ended", "Rejected"), NINE, true);

    assertThat(chain.entries()).extracting(EvidenceEntry::what).doesNotContain("LeftOut");
    assertThat(chain.leftOut()).isEmpty();
  }

  private static Happening said(int number) {
    return new Happening("Suspended", "rita", null, List.of("number " + number));
  }

  @Test
  void longFactsAreCutAndHowManyAreLeftOutIsSaid() {
    Happening happening =
        new Happening(
            "Planned",
            null,
            null,
            Stream.concat(
                    Stream.of("x".repeat(300), "y".repeat(301)),
                    Collections.nCopies(30, "more").stream())
                .toList());

    assertThat(happening.facts())
        .hasSize(20)
        .startsWith("x".repeat(300), "y".repeat(299) + "…", "more")
        .endsWith("more", "and 13 more");
  }

  private static Chain chain(Happening... happenings) {
    Chain chain = new Chain(List.of());
    for (Happening happening : happenings) {
      chain.add(happening, NINE, false);
    }
    return chain;
  }

  private static String problem(Happening first) {
    return Chain.problem(new EvidenceRecordSpec(SHOP, chain(first).entries())).orElse("");
  }

  private static EvidenceEntry entry(
      EvidenceEntry of, Instant at, String what, String by, String digest, List<String> facts) {
    return new EvidenceEntry(of.seq(), at, what, by, digest, facts, of.previous(), of.hash());
  }
}
