package io.secamo.processes.process.firewallchange.removing;

import io.secamo.processes.api.Effect;
import io.secamo.processes.api.EffectState;
import io.secamo.processes.api.EvidenceEntry;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.effect.Place;
import io.secamo.processes.engine.procedure.Request;
import io.secamo.processes.engine.procedure.StepContext;
import io.secamo.processes.firewall.Rule;
import io.secamo.processes.process.Surroundings;
import io.secamo.processes.process.opening.OpenEffect;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The request whose change is to be removed, as it is stored.
 *
 * @param name its name, also if there is none of that name
 */
record Earlier(
    String name, @Nullable Request<FirewallChangeSpec> request, @Nullable ProcessStatus status) {

  /** The one that a removal names. */
  static Earlier of(StepContext<FirewallChangeSpec> context, Surroundings around) {
    String name = String.valueOf(context.spec().removes());
    return around
        .stored(context.request().kind(), context.request().namespace(), name)
        .map(it -> new Earlier(name, request(it.request()), it.status().orElse(null)))
        .orElse(new Earlier(name, null, null));
  }

  @SuppressWarnings("unchecked")
  private static Request<FirewallChangeSpec> request(Request<?> request) {
    if (!(request.spec() instanceof FirewallChangeSpec)) {
      throw new IllegalStateException(request.address() + " is a request of another kind");
    }
    return (Request<FirewallChangeSpec>) request;
  }

  State state() {
    return status == null || status.state() == null ? State.RECEIVED : status.state();
  }

  /** Empty if there is none of that name. */
  String uid() {
    return request == null ? "" : request.uid();
  }

  /** What it says last. */
  String message() {
    String text = status == null ? null : status.message();
    return text == null || text.isEmpty() ? "it says nothing more" : text;
  }

  /** Whether it is decided that it is removed: nobody has to ask any more. */
  boolean beingRemoved() {
    return status != null
        && status.evidence() != null
        && status.evidence().stream()
            .anyMatch(
                entry ->
                    entry.what().equals(EvidenceEntry.END_DECIDED)
                        && entry.facts() != null
                        && entry.facts().contains(State.REMOVED.word()));
  }

  /** Whether it made something itself that may be there. */
  boolean stands() {
    return made().stream().anyMatch(effect -> effect.state() == EffectState.DONE);
  }

  /** Id of the rule that it made for what was asked; empty if it made none. */
  Optional<String> made(String clusterId, Rule rule) {
    String key = OpenEffect.key(clusterId, uid(), rule).value();
    return made().stream()
        .filter(effect -> effect.key().equals(key))
        .filter(effect -> effect.state() == EffectState.DONE)
        .map(Effect::externalId)
        .findFirst();
  }

  /** Where it was made, as far as that was recorded. */
  Optional<Place> place() {
    Optional<Plan> plan = Optional.ofNullable(status).map(ProcessStatus::plan);
    return made().stream().flatMap(effect -> Place.of(effect, plan).stream()).findFirst();
  }

  private List<Effect> made() {
    return status == null || status.effects() == null
        ? List.of()
        : status.effects().stream()
            .filter(effect -> effect.step().equals(OpenEffect.KEY_STEP))
            .filter(Effect::standing)
            .toList();
  }
}
