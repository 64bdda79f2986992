package io.secamo.processes.process.opening;

import io.secamo.processes.api.Effect;
import io.secamo.processes.connector.ConnectionFacts;
import io.secamo.processes.connector.FirewallProvider.Found;
import io.secamo.processes.connector.FirewallProvider.LiveRule;
import io.secamo.processes.effect.Place;
import io.secamo.processes.effect.UndoContext;
import io.secamo.processes.text.Amount;
import io.secamo.processes.text.Limit;
import io.secamo.processes.text.Plain;

/** Everything that is said of rules that are removed, or that stay. */
final class UndoTexts {
  /** As long as our own marks are. */
  private static final int QUOTED = 140;

  private UndoTexts() {}

  static String leadsElsewhere(
      UndoContext context, Effect effect, String then, ConnectionFacts now) {
    return now.gone()
        ? Limit.to(
            900,
            rule(effect)
                + " is at "
                + then
                + ", but there is no Connection "
                + now.name()
                + " any more, and when it was there last it did not lead there: make it again with"
                + " that endpoint, or remove the rule there by hand and answer"
                + " processes.secamo.io/resolve=abandon")
        : leadsElsewhere(context, effect, then, now.identity());
  }

  private static String rule(Effect effect) {
    return effect.externalId() == null ? "its rule" : "rule " + effect.externalId();
  }

  static String leadsElsewhere(UndoContext context, Effect effect, String then, String now) {
    return Limit.to(
        900,
        rule(effect)
            + " is at "
            + then
            + ", but Connection "
            + context.place(effect).map(Place::connectionName).orElse("")
            + " leads to "
            + now
            + " now: let it lead back, or remove the rule there by hand and answer"
            + " processes.secamo.io/resolve=abandon");
  }

  static String equalRuleStays(LiveRule rule, boolean anotherRequests) {
    return "an equal rule " + rule.id() + whose(anotherRequests) + " is still there";
  }

  /** In the words in which plans tell it. */
  static String openStill(LiveRule rule, boolean anotherRequests) {
    return "still open by rule " + rule.id() + whose(anotherRequests) + " " + rule.rule();
  }

  private static String whose(boolean anotherRequests) {
    return anotherRequests ? ", which another request made," : ", which is not ours,";
  }

  static String markedRuleStays(LiveRule rule) {
    return "rule " + rule.id() + " with the mark of this request is still there: " + rule.rule();
  }

  static String goesInAMoment(LiveRule rule, String other) {
    return "rule " + rule.id() + " is just being removed by " + other + ": it is added after that";
  }

  static String mayBeNeeded(String rule, String other) {
    return "rule " + rule + " may be what " + other + " is just about to need";
  }

  static String removedToo(String rule) {
    return "rule " + rule + " with the same mark was removed too";
  }

  static String moreRules(int rules) {
    return "and " + Amount.of(rules, "more rule there", "more rules there");
  }

  static String stillShown(LiveRule rule, String group) {
    return "security group "
        + shown(group)
        + " still shows rule "
        + shown(rule.id())
        + " after it was removed";
  }

  static String shownForTooLong(LiveRule rule, String group) {
    return stillShown(rule, group) + ": look there and remove it by hand; then request another try";
  }

  /** What to do first: the rest may be long, and is in somebody else's words. */
  static String notAsMade(Found found) {
    return "rule "
        + shown(found.rule().id())
        + " is not as it was made. If it is ours, remove it by hand; then request another try. It"
        + " is "
        + found.rule().rule()
        + " in group "
        + shown(found.group())
        + ", with the description '"
        + shown(found.rule().marker())
        + "'";
  }

  /** A text of an outside system as a part of a sentence. */
  private static String shown(String text) {
    return Limit.to(QUOTED, Plain.shown(text));
  }
}
