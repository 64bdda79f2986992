package io.secamo.processes.process.opening;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.Effect;
import io.secamo.processes.api.EffectState;
import io.secamo.processes.api.KindName;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.connector.IdempotencyKey;
import io.secamo.processes.effect.Effects;
import io.secamo.processes.effect.UndoContext;
import io.secamo.processes.engine.journal.Journal;
import io.secamo.processes.engine.procedure.Request;
import io.secamo.processes.engine.procedure.Request.Wish;
import io.secamo.processes.engine.procedure.StepContext;
import io.secamo.processes.firewall.Rule;
import io.secamo.processes.process.firewallchange.Wanted;
import io.secamo.processes.process.firewallchange.requested.RequestedChange;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What has to be undone is known by the effect, whatever became of its request. */
class OpenEffectTest {
  private static final Instant NOW = Instant.parse("2027-01-04T09:00:00Z");
  private static final Rule OPENED = Rule.parse("Ingress tcp 443 from 203.0.113.0/24");
  private static final FirewallChangeSpec ANOTHER =
      new Wanted().ports("8443").from("198.51.100.0/24").build();

  private final UndoContext context = turn().undoContext();

  @Test
  void anEffectIsUndoneAsItWasMadeWhateverItsRequestSaysByNow() {
    IdempotencyKey key = OpenEffect.key("cluster", "uid", OPENED);
    Effect effect = effect(key.value(), OpenEffect.intended(key, OPENED, "before").undo());

    assertThat(OpenEffect.rule(effect)).contains(OPENED);
    assertThat(OpenEffect.group(effect)).isEqualTo("before");
    assertThat(OpenEffect.connection(context, effect)).isEqualTo("cloud");
  }

  @Test
  void ofWhatAnEarlierVersionAnnouncedTheRequestIsAsked() {
    Rule asked = RequestedChange.of(ANOTHER).rules().get(0);
    String key = OpenEffect.key("cluster", "uid", asked).value();

    assertThat(OpenEffect.rule(completed(effect(key, null)))).contains(asked);
    assertThat(OpenEffect.rule(completed(effect("op-another", null)))).isEmpty();
    assertThat(OpenEffect.group(completed(effect(key, null))))
        .isEqualTo(ANOTHER.target().securityGroup());
    Effect first = new Effect(key, "Apply", EffectState.DONE, NOW, "r1");
    assertThat(OpenEffect.connection(context, completed(first))).isEqualTo(ANOTHER.connection());
  }

  private static Effect completed(Effect effect) {
    return effect.remembering(
        OpenEffect.VERB,
        RequestedChange.of(ANOTHER).undoTextsOfEarlierVersion("cluster", "uid", effect));
  }

  private static Effect effect(String key, @Nullable Map<String, String> undo) {
    return new Effect(
        key,
        "Apply",
        EffectState.DONE,
        NOW,
        "r1",
        "cloud (uid-of-it) at https://cloud.example.com",
        "(p1) at https://cloud.example.com",
        "g1",
        null,
        undo == null ? null : "firewall.open",
        undo);
  }

  private static StepContext<FirewallChangeSpec> turn() {
    Request<FirewallChangeSpec> request =
        new Request<>(
            new KindName("FirewallChangeRequest"),
            "uid",
            "team-a",
            "web",
            1,
            NOW,
            Wish.DELETE,
            "joe",
            Map.of(),
            ANOTHER);
    Journal journal = Journal.of(null);
    return new StepContext<>(
        request, journal, NOW, Effects.forbidden("Apply", journal.effectLog(), NOW), null);
  }
}
