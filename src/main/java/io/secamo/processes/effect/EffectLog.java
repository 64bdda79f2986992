package io.secamo.processes.effect;

import io.secamo.processes.api.Effect;
import io.secamo.processes.api.EffectState;
import io.secamo.processes.api.EvidenceEntry;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.connector.IdempotencyKey;
import io.secamo.processes.evidence.Chain.Happening;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The effects of one process during one pass, in the order in which they were announced: which may
 * have happened, which have, and what became of them.
 */
public final class EffectLog {
  /** A try that was cut off before it was recorded cannot be told apart from somebody else's. */
  private static final String GONE_ALREADY =
      "was gone already: somebody else removed it, or a try of ours that was not recorded";

  private static final int MOST_NAMED = 3;

  private final List<Effect> base;
  private final Map<String, Effect> effects = new LinkedHashMap<>();
  private final List<String> kept = new ArrayList<>();
  private final Set<String> seen = new LinkedHashSet<>();
  private final Map<String, Boolean> noteLookedAt = new HashMap<>();

  /** A log that goes on from what is stored. */
  public EffectLog(List<Effect> base) {
    this.base = List.copyOf(base);
    base.forEach(effect -> effects.put(effect.key(), effect));
  }

  /** All of them. */
  public List<Effect> all() {
    return List.copyOf(effects.values());
  }

  /** The effect of a key, if it was announced or done. */
  public Optional<Effect> of(IdempotencyKey key) {
    return Optional.ofNullable(effects.get(key.value()));
  }

  /** Effects of a step that happened or may have happened and were not undone. */
  public List<Effect> mayBeThere(String step) {
    return ofStep(step).filter(Effect::standing).toList();
  }

  private Stream<Effect> ofStep(String step) {
    return effects.values().stream().filter(e -> e.step().equals(step));
  }

  /** Whether it was this pass that announced the effects of a step, so that no other made any. */
  public boolean firstAnnouncedInThisPass(String step) {
    return base.stream().noneMatch(e -> e.step().equals(step))
        && ofStep(step).anyMatch(e -> e.intendedAt() != null);
  }

  /** Forgets all effects but those; for looking at them apart. */
  public void keepOnly(Predicate<Effect> which) {
    effects.values().removeIf(which.negate());
  }

  /** Records that an effect is about to happen, and where if that is known. */
  public void intend(String step, Intended what, Instant now, @Nullable Place place) {
    Effect announced = new Effect(what.key().value(), step, EffectState.INTENDED, now, null);
    effects.put(announced.key(), remembering(announced, what, place));
  }

  private static Effect remembering(Effect effect, Intended what, @Nullable Place place) {
    Effect there =
        place == null ? effect : effect.placed(place.connection(), place.account(), place.target());
    return there.remembering(what.verb(), what.undo());
  }

  /** Records that an announced effect did not happen. */
  public void noteNotMade(String key) {
    effects.remove(key);
  }

  /** Records that something was made, whether it was announced or not. */
  void made(String step, Intended what, String externalId, @Nullable Place place) {
    String key = what.key().value();
    effects.computeIfAbsent(
        key, k -> remembering(new Effect(k, step, EffectState.DONE, null, null), what, place));
    became(step, key, EffectState.DONE, externalId);
  }

  /** Records what became of an effect. */
  public void became(String step, String key, EffectState state, @Nullable String externalId) {
    Effect before = effects.get(key);
    if (before == null) {
      effects.put(key, new Effect(key, step, state, null, externalId));
      return;
    }
    effects.put(key, before.settled(state, externalId));
  }

  /** Records that it was there and that its removal is asked for: should it be gone, it was us. */
  public void noteRemovalAsked(String key) {
    effects.computeIfPresent(key, (k, effect) -> effect.removal(Effect.TRIED));
  }

  /** Records that it is gone, and that no try of ours to remove it is known. */
  public void noteFoundGone(String key) {
    effects.computeIfPresent(
        key, (k, effect) -> effect.removal() == null ? effect.removal(Effect.FOUND_GONE) : effect);
  }

  /** Records that an effect was taken back, or left to others, and when that was known. */
  public void noteUndone(String key, EffectState state, @Nullable String externalId, Instant now) {
    Effect before = effects.get(key);
    if (before != null) {
      became(before.step(), key, state, externalId);
      effects.computeIfPresent(key, (k, settled) -> settled.known(now));
    }
  }

  /** Fills in what earlier versions did not remember of their effects. */
  public void fillIn(UnaryOperator<Effect> known) {
    effects.replaceAll((key, effect) -> known.apply(effect));
  }

  /** What was done by a verb, also what was undone since. */
  public List<Effect> by(String verb) {
    return effects.values().stream().filter(effect -> verb.equals(effect.verb())).toList();
  }

  /** Records where the effects of a step were made, if that is not known: where a plan led. */
  public void fillInPlaces(String step, Plan plan) {
    mayBeThere(step).stream()
        .filter(effect -> effect.connection() == null)
        .forEach(
            e -> effects.put(e.key(), e.placed(plan.connection(), plan.account(), e.target())));
  }

  /** Records that something is not removed because somebody else needs it, in a sentence. */
  public void noteKept(String sentence) {
    kept.add(sentence);
  }

  /** Records what else was seen when effects were undone, in a sentence. */
  public void noteSeen(String sentence) {
    seen.add(sentence);
  }

  /** Records whether what was there before is there at the end. */
  public void noteLookedAt(String key, boolean there) {
    noteLookedAt.put(key, there);
  }

  /** What became of what was done by a verb, for the evidence; what stays first. */
  public Happening undoneEntry(String verb) {
    return Happening.of(
        EvidenceEntry.REVERTED,
        Stream.of(kept.stream(), seen.stream(), by(verb).stream().map(this::wordsOf))
            .flatMap(facts -> facts)
            .toArray(String[]::new));
  }

  private String wordsOf(Effect effect) {
    String id = effect.externalId();
    boolean known = id != null;
    return switch (effect.state()) {
      case REVERTED ->
          effect.foundGone()
              ? id + " " + GONE_ALREADY
              : known ? "removed " + id : "nothing was found to remove";
      case RELEASED -> known ? "kept " + id : "kept";
      case REFERENCED -> "was there before, and " + before(effect) + (known ? ": " + id : "");
      case INTENDED -> "may still be there" + (known ? ": " + id : "");
      case DONE -> "still there" + (known ? ": " + id : "");
    };
  }

  /**
   * What became of what was undone, in words for people.
   *
   * @param due when it had to be removed; null if it had no end
   * @return empty if there was nothing to undo
   */
  public String howUndone(@Nullable Instant due) {
    List<Effect> gone =
        in(EffectState.REVERTED).filter(e -> e.externalId() != null && !e.foundGone()).toList();
    long already = in(EffectState.REVERTED).filter(Effect::foundGone).count();
    int removed = gone.size();
    long unseen = in(EffectState.REVERTED).count() - removed - already;
    long released = in(EffectState.RELEASED).count();
    List<String> said = new ArrayList<>();
    if (removed > 0) {
      String what = removed == 1 ? "" : removed + " changes ";
      said.add(what + "removed" + late(due, gone) + ", observed gone");
    }
    if (already > 0) {
      said.add((already == 1 && removed == 0 ? "" : already + " ") + GONE_ALREADY);
    }
    // Announced, and not seen since: whoever saw it open must not read that it never was.
    if (unseen > 0) {
      said.add(
          removed + already > 0
              ? "of " + unseen + " more nothing was found, perhaps never made"
              : "nothing of it was found; whether it was made is not known");
    }
    said.addAll(kept);
    if (released > kept.size()) {
      said.add(released - kept.size() + " kept, which other requests need");
    }
    said.addAll(seen);
    in(EffectState.REFERENCED)
        .collect(Collectors.groupingBy(this::before, TreeMap::new, Collectors.counting()))
        .forEach(
            (became, times) ->
                said.add(
                    times == 1
                        ? "what was there before " + became
                        : times + " were there before, each " + became));
    return String.join("; ", said);
  }

  /** The ids of some, as the end of a sentence; empty if none is known. */
  public static String named(Stream<Effect> some) {
    List<String> ids = some.map(Effect::externalId).filter(Objects::nonNull).toList();
    String more = ids.size() > MOST_NAMED ? " and " + (ids.size() - MOST_NAMED) + " more" : "";
    String first = ids.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
    return ids.isEmpty() ? "" : ": " + first + more;
  }

  private String before(Effect effect) {
    Boolean there = noteLookedAt.get(effect.key());
    return there == null ? "was left alone" : there ? "stays" : "is gone";
  }

  private Stream<Effect> in(EffectState state) {
    return effects.values().stream().filter(e -> e.state() == state);
  }

  /** A few seconds are what a removal takes. */
  private static String late(@Nullable Instant due, List<Effect> gone) {
    Optional<Instant> last =
        gone.stream().map(Effect::intendedAt).filter(Objects::nonNull).max(Instant::compareTo);
    long seconds =
        due == null || last.isEmpty() ? 0 : last.get().getEpochSecond() - due.getEpochSecond();
    return seconds < 10 ? "" : " " + seconds + " s after its end";
  }
}
