package io.secamo.processes.effect;

import io.secamo.processes.api.Effect;
import io.secamo.processes.connector.ConnectorFailure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Undoes effects by their verbs. The one place that knows which effects are undone, and in which
 * order: for an end, for what nobody recorded, and for what is owed.
 */
public final class Reverter {
  private final Map<String, Undo> undos;
  private final Function<String, Optional<String>> verbOfStep;
  private final Function<Effect, Map<String, String>> remembered;

  /**
   * A reverter.
   *
   * @param verbs those that can be undone
   * @param verbOfStep of a step by its name, for effects of earlier versions, which remember none
   * @param remembered what the undoing of such an effect needs
   */
  public Reverter(
      List<Undo> verbs,
      Function<String, Optional<String>> verbOfStep,
      Function<Effect, Map<String, String>> remembered) {
    this.undos = verbs.stream().collect(Collectors.toMap(Undo::verb, undo -> undo));
    this.verbOfStep = verbOfStep;
    this.remembered = remembered;
  }

  /** The effects that it is for: those that are undone at an end, whatever has become of them. */
  public Stream<Effect> covered(EffectLog log) {
    return log.all().stream().filter(this::covers);
  }

  /**
   * Whether an effect is undone at an end. One with a place counts also if this version has no verb
   * for it: then undoing it is refused, and a person has to.
   */
  public boolean covers(Effect effect) {
    return undos.containsKey(verb(effect)) || effect.toBeUndone();
  }

  /** Those that have to be undone: they happened or may have, and were not undone. */
  public Stream<Effect> leftToUndo(EffectLog log) {
    return covered(log).filter(Effect::standing);
  }

  /** Whether something has to be undone. */
  public boolean stands(EffectLog log) {
    return leftToUndo(log).findAny().isPresent();
  }

  /** The verbs whose effects are to be undone or looked at, that of the last effect first. */
  List<String> lastFirst(EffectLog log) {
    List<Effect> effects = new ArrayList<>(covered(log).toList());
    Collections.reverse(effects);
    Set<String> names = new LinkedHashSet<>();
    effects.forEach(effect -> names.add(verb(effect)));
    return List.copyOf(names);
  }

  /**
   * Takes each verb whose effects are to be undone or looked at, that of the last effect first. One
   * that cannot be undone keeps none of the others: what they made may be live as well.
   *
   * @param undone what is done for a verb
   * @throws ConnectorFailure the first, once all were tried
   */
  public void forEachVerb(EffectLog log, Consumer<String> undone) {
    ConnectorFailure first = null;
    for (String verb : lastFirst(log)) {
      try {
        undone.accept(verb);
      } catch (ConnectorFailure failed) {
        first = first == null ? failed : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /** Those of one verb. */
  public Stream<Effect> by(String verb, EffectLog log) {
    return covered(log).filter(effect -> verb(effect).equals(verb));
  }

  /** What was done: the name of its verb; empty if nothing says so. */
  private String verb(Effect effect) {
    String verb = effect.verb();
    return verb == null ? verbOfStep.apply(effect.step()).orElse("") : verb;
  }

  /**
   * Undoes what stands of one verb, or looks at what it relied on.
   *
   * @throws ConnectorFailure.Refused if this version does not know how
   */
  public void undo(String name, UndoContext context) {
    context.effectLog().fillIn(this::withRemembered);
    Undo undo = undos.get(name);
    if (undo == null) {
      throw new ConnectorFailure.Refused(
          "this version does not know how "
              + (name.isEmpty() ? "an effect without a verb" : "what " + name + " made")
              + " is undone: remove it by hand, or run the version that made it");
    }
    undo.undo(context);
  }

  private Effect withRemembered(Effect effect) {
    return effect.verb() == null && covers(effect)
        ? effect.remembering(verb(effect), remembered.apply(effect))
        : effect;
  }
}
