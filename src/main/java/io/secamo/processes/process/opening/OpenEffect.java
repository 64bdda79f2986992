package io.secamo.processes.process.opening;

import io.secamo.processes.api.Effect;
import io.secamo.processes.connector.IdempotencyKey;
import io.secamo.processes.effect.Intended;
import io.secamo.processes.effect.Place;
import io.secamo.processes.effect.UndoContext;
import io.secamo.processes.firewall.Rule;
import java.util.Map;
import java.util.Optional;

/** An effect of {@code firewall.open}: its key, and what it remembers for its undoing. */
public final class OpenEffect {
  /** A part of the keys since the first version: the name of the step that opens. */
  public static final String KEY_STEP = "Apply";

  /** The verb, as effects remember it. */
  public static final String VERB = "firewall.open";

  private static final String RULE = "rule";
  private static final String GROUP = "group";
  private static final String CONNECTION = "connection";

  private OpenEffect() {}

  /** Under which the request with this uid announces a rule. */
  public static IdempotencyKey key(String clusterId, String uid, Rule rule) {
    return IdempotencyKey.of(clusterId, uid, KEY_STEP, rule.toString());
  }

  /**
   * What an effect that opens a rule has to remember.
   *
   * @param group name or id of the security group, as the request named it
   */
  public static Intended intended(IdempotencyKey key, Rule rule, String group) {
    return new Intended(key, VERB, Map.of(RULE, rule.toString(), GROUP, group));
  }

  /**
   * What an effect of an earlier version would have remembered.
   *
   * @param rule empty if it is not known
   */
  public static Map<String, String> undoTextsOfEarlierVersion(
      Optional<Rule> rule, String group, String connection) {
    return rule.isPresent()
        ? Map.of(RULE, rule.get().toString(), GROUP, group, CONNECTION, connection)
        : Map.of(GROUP, group, CONNECTION, connection);
  }

  /** The rule; empty if it is not known. */
  static Optional<Rule> rule(Effect effect) {
    return effect.undo(RULE).map(Rule::parse);
  }

  /** Name or id of the security group, as the request named it then; empty if it is not known. */
  static String group(Effect effect) {
    return effect.undo(GROUP).orElse("");
  }

  /** Name of the Connection through which it was made; empty if it is not known. */
  static String connection(UndoContext context, Effect effect) {
    return Optional.ofNullable(effect.connection())
        .flatMap(unused -> context.place(effect))
        .map(Place::connectionName)
        .or(() -> effect.undo(CONNECTION))
        .orElse("");
  }
}
