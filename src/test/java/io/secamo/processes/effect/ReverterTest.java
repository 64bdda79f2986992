package io.secamo.processes.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secamo.processes.api.Effect;
import io.secamo.processes.api.EffectState;
import io.secamo.processes.connector.ConnectorFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which effects are undone, in which order, and by what they remember. */
class ReverterTest {
  private static final Instant NOW = Instant.parse("2027-01-04T09:00:00Z");
  private final List<Effect> undone = new ArrayList<>();
  private final Reverter reverter =
      new Reverter(
          List.of(new Remembering("directory.join"), new Remembering("firewall.open")),
          step -> step.equals("Apply") ? Optional.of("firewall.open") : Optional.empty(),
          effect -> Map.of("rule", "that of " + effect.key()));

  @Test
  void theVerbOfTheLastEffectComesFirst() {
    EffectLog log =
        new EffectLog(
            List.of(
                made("a", "firewall.open"), made("b", "directory.join"), made("c", "ticket.open")));

    assertThat(reverter.lastFirst(log)).containsExactly("directory.join", "firewall.open");
    assertThat(reverter.leftToUndo(log)).extracting(Effect::key).containsExactly("a", "b");
  }

  @Test
  void anEffectOfAnEarlierVersionIsOneOfItsStepAndLearnsWhatItsUndoingNeeds() {
    EffectLog log = new EffectLog(List.of(made("a", null), made("b", "firewall.open")));
    assertThat(reverter.stands(log)).isTrue();

    reverter.undo("firewall.open", new Recorded(log));

    assertThat(undone).extracting(Effect::key).containsExactly("a", "b");
    assertThat(undone.get(0).undo("rule")).contains("that of a");
    assertThat(undone.get(1).undo("rule")).as("remembers nothing, and is asked nothing").isEmpty();
  }

  @Test
  void whatCannotBeUndoneKeepsNoneOfTheOthersAndTheFirstFailureIsTold() {
    EffectLog log = new EffectLog(List.of(made("a", "firewall.open"), made("b", "directory.join")));
    List<String> tried = new ArrayList<>();

    assertThatThrownBy(
            () ->
                reverter.forEachVerb(
                    log,
                    verb -> {
                      tried.add(verb);
                      throw new ConnectorFailure.Refused("not " + verb);
                    }))
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessage("not directory.join");
    assertThat(tried).containsExactly("directory.join", "firewall.open");
  }

  /** A ticket tells the story and stays; what has a place is undone, by a person if need be. */
  @Test
  void whatHasAPlaceIsNeverTakenForNothing() {
    Effect unknown = made("a", "cloud.peer").placed("cloud", "project", null);
    EffectLog log = new EffectLog(List.of(unknown, made("b", "ticket.open")));

    assertThat(reverter.leftToUndo(log)).containsExactly(unknown);
    assertThatThrownBy(() -> reverter.undo("cloud.peer", new Recorded(log)))
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessage(
            "this version does not know how what cloud.peer made is undone: remove it by hand, or"
                + " run the version that made it");
  }

  private static Effect made(String key, String verb) {
    Effect effect = new Effect(key, "Apply", EffectState.DONE, NOW, key);
    return verb == null ? effect : effect.remembering(verb, Map.of());
  }

  private final class Remembering implements Undo {
    private final String name;

    private Remembering(String name) {
      this.name = name;
    }

    @Override
    public String verb() {
      return name;
    }

    @Override
    public void undo(UndoContext context) {
      undone.addAll(context.effectLog().by(name));
    }
  }

  private record Recorded(EffectLog effectLog) implements UndoContext {
    @Override
    public String namespace() {
      return "team-a";
    }

    @Override
    public String uid() {
      return "uid";
    }

    @Override
    public String address() {
      return "team-a/web";
    }

    @Override
    public Optional<Place> place(Effect effect) {
      return Place.of(effect, Optional.empty());
    }

    @Override
    public Instant passTime() {
      return NOW;
    }

    @Override
    public Instant now() {
      return NOW;
    }

    @Override
    public Optional<Instant> endsSince() {
      return Optional.empty();
    }

    @Override
    public boolean seenToEnd() {
      return true;
    }

    @Override
    public void checkpoint() {
      // Nothing is stored here.
    }
  }
}
