package io.secamo.processes.effect;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.Effect;
import io.secamo.processes.api.EffectState;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.connector.IdempotencyKey;
import io.secamo.processes.evidence.Chain.Happening;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is remembered of effects, and what is told of how they ended. */
class EffectLogTest {
  private static final Instant NOW = Instant.parse("2027-01-04T09:00:00Z");
  private static final IdempotencyKey ONE = IdempotencyKey.of("cluster", "uid", "Apply", "one");
  private static final Place HERE = new Place("connection", "account", "target");
  private final EffectLog log = new EffectLog(List.of());

  @Test
  void whereItWasAnnouncedIsKeptWhenItIsSettled() {
    log.intend("Apply", new Intended(ONE, "make", Map.of()), NOW, HERE);
    log.became("Apply", ONE.value(), EffectState.DONE, "r1");
    log.became("Apply", ONE.value(), EffectState.REVERTED, null);

    assertThat(log.all())
        .containsExactly(
            new Effect(
                ONE.value(),
                "Apply",
                EffectState.REVERTED,
                NOW,
                "r1",
                "connection",
                "account",
                "target",
                null,
                "make",
                null));
  }

  @Test
  void onlyWhatMayBeThereStands() {
    log.became("Apply", "a", EffectState.DONE, "r1");
    log.became("Apply", "b", EffectState.INTENDED, null);
    log.became("Apply", "c", EffectState.REVERTED, "r3");
    log.became("Apply", "d", EffectState.RELEASED, "r4");
    log.became("Apply", "e", EffectState.REFERENCED, "r5");
    log.became("OpenTicket", "f", EffectState.DONE, "7");

    assertThat(log.mayBeThere("Apply")).extracting(Effect::key).containsExactly("a", "b");
    log.keepOnly(effect -> effect.key().equals("b"));
    assertThat(log.all()).extracting(Effect::key).containsExactly("b");
  }

  @Test
  void anAnnouncementThatCameToNothingIsForgotten() {
    log.intend("Apply", new Intended(ONE, "make", Map.of()), NOW, HERE);
    log.noteNotMade(ONE.value());

    assertThat(log.of(ONE)).isEmpty();
  }

  @Test
  void anEndSaysHowManyChangesWereRemovedAndHowLate() {
    assertThat(log.howUndone(NOW)).as("nothing was undone").isEmpty();

    gone("a", "r1", NOW.plusSeconds(9));
    assertThat(log.howUndone(NOW)).isEqualTo("removed, observed gone");
    gone("a", "r1", NOW.plusSeconds(10));
    assertThat(log.howUndone(NOW)).isEqualTo("removed 10 s after its end, observed gone");
    assertThat(log.howUndone(null)).isEqualTo("removed, observed gone");

    gone("b", "r2", NOW);
    assertThat(log.howUndone(NOW.plusSeconds(10))).isEqualTo("2 changes removed, observed gone");
  }

  @Test
  void anEndDoesNotCallRemovedWhatStays() {
    log.became("Apply", "a", EffectState.DONE, "r1");
    log.noteUndone("a", EffectState.RELEASED, "r1", NOW);
    assertThat(log.howUndone(NOW)).isEqualTo("1 kept, which other requests need");

    log.noteKept("rule r1 stays for team-b/web");
    assertThat(log.howUndone(NOW)).isEqualTo("rule r1 stays for team-b/web");
  }

  @Test
  void anEndSaysHowManyMoreStayThanThoseItSaysWhyOf() {
    for (String rule : List.of("r1", "r2", "r3")) {
      log.became("Apply", rule, EffectState.RELEASED, rule);
    }
    log.noteKept("rule r1 stays for team-b/web");

    assertThat(log.howUndone(NOW))
        .isEqualTo("rule r1 stays for team-b/web; 2 kept, which other requests need");
  }

  /** Earlier versions did not write it down, and a removal must not look in another account. */
  @Test
  void whereThePlanLedIsRecordedOfWhatHasNoPlaceAndOfNothingElse() {
    log.became("Apply", "old", EffectState.DONE, "r1");
    log.became("Apply", "gone", EffectState.REVERTED, "r2");
    log.intend("Apply", new Intended(ONE, "make", Map.of()), NOW, HERE);
    log.became("OpenTicket", "ticket", EffectState.DONE, "7");

    log.fillInPlaces("Apply", plan("cloud (u1)", "project 1"));

    assertThat(log.all())
        .extracting(e -> e.key() + " by " + e.connection() + " in " + e.account())
        .containsExactly(
            "old by cloud (u1) in project 1",
            "gone by null in null",
            ONE.value() + " by connection in account",
            "ticket by null in null");
  }

  private static Plan plan(String connection, String account) {
    return new Plan(
        "digest",
        "sha256",
        "summary",
        List.of(),
        null,
        null,
        null,
        null,
        null,
        account,
        connection,
        "policy",
        null,
        null,
        null,
        null,
        NOW);
  }

  @Test
  void anEndDoesNotCallRemovedWhatWasNeverThere() {
    log.became("Apply", "a", EffectState.INTENDED, null);
    log.noteUndone("a", EffectState.REVERTED, null, NOW);
    assertThat(log.howUndone(NOW))
        .isEqualTo("nothing of it was found; whether it was made is not known");

    gone("b", "r2", NOW);
    assertThat(log.howUndone(NOW))
        .isEqualTo("removed, observed gone; of 1 more nothing was found, perhaps never made");
  }

  /** Here a verb is called as its step is. */
  private Happening undone(String verb) {
    log.fillIn(effect -> effect.remembering(effect.step(), Map.of()));
    return log.undoneEntry(verb);
  }

  private void gone(String key, String id, Instant when) {
    log.became("Apply", key, EffectState.DONE, id);
    log.noteUndone(key, EffectState.REVERTED, id, when);
  }

  @Test
  void theEvidenceSaysWhatBecameOfEachEffectOfTheVerb() {
    log.became("Apply", "a", EffectState.REVERTED, "r1");
    log.became("Apply", "b", EffectState.RELEASED, "r2");
    log.became("OpenTicket", "c", EffectState.DONE, "7");
    log.noteKept("rule r2 stays for team-b/web");

    assertThat(undone("Apply").what()).isEqualTo("Reverted");
    assertThat(undone("Apply").facts())
        .containsExactly("rule r2 stays for team-b/web", "removed r1", "kept r2");
  }

  @Test
  void anEndSaysOfWhatWasThereBeforeOnlyWhatWasSeen() {
    log.became("Apply", "a", EffectState.REFERENCED, "r1");
    assertThat(log.howUndone(NOW)).isEqualTo("what was there before was left alone");
    log.noteLookedAt("a", true);
    assertThat(log.howUndone(NOW)).isEqualTo("what was there before stays");
    log.noteLookedAt("a", false);
    assertThat(log.howUndone(NOW)).isEqualTo("what was there before is gone");

    log.became("Apply", "b", EffectState.REFERENCED, "r2");
    log.became("Apply", "c", EffectState.REFERENCED, "r3");
    log.noteLookedAt("b", true);
    log.noteLookedAt("c", true);
    assertThat(log.howUndone(NOW))
        .isEqualTo("what was there before is gone; 2 were there before, each stays");
  }

  @Test
  void whatWasSeenIsNoReasonForWhichSomethingIsKept() {
    log.became("Apply", "a", EffectState.RELEASED, "r1");
    log.noteSeen("an equal rule r2 is still there");
    log.noteSeen("an equal rule r2 is still there");

    assertThat(log.howUndone(NOW))
        .isEqualTo("1 kept, which other requests need; an equal rule r2 is still there");
    assertThat(undone("Apply").facts())
        .containsExactly("an equal rule r2 is still there", "kept r1");
  }

  /** The names in the code are nobody's words. */
  @Test
  void theEvidenceIsInWords() {
    log.became("Apply", "a", EffectState.REFERENCED, "r1");
    log.became("Apply", "b", EffectState.REVERTED, null);
    log.became("Apply", "c", EffectState.INTENDED, null);
    log.became("Apply", "d", EffectState.DONE, "r4");

    assertThat(undone("Apply").facts())
        .containsExactly(
            "was there before, and was left alone: r1",
            "nothing was found to remove",
            "may still be there",
            "still there: r4");
  }
}
