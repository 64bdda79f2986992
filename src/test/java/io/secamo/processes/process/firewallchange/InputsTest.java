package io.secamo.processes.process.firewallchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.State;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec;
import io.secamo.processes.api.orchestrator.ChangeWindowSpec;
import io.secamo.processes.approval.ApprovalRules;
import io.secamo.processes.approval.Delegation;
import io.secamo.processes.approval.Inputs;
import io.secamo.processes.approval.Protection;
import io.secamo.processes.process.firewallchange.Stage.Change;
import io.secamo.processes.window.Calendar;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a decision was made from, and is not what it was when the change is due: another plan is
 * made, for which nobody has voted, or nothing is done.
 */
class InputsTest {
  private static final Instant DUE = Instant.parse("2027-01-11T09:00:00Z");

  /** How each of the inputs comes to be another one; by the name of the component. */
  private static final Map<String, BiConsumer<Stage, Change>> CHANGED = new LinkedHashMap<>();

  static {
    CHANGED.put("plan", (stage, change) -> stage.connectionUid = "another Connection of the name");
    CHANGED.put("facts", (stage, change) -> stage.connectionLabels.put("stage", "production"));
    CHANGED.put("connection", (stage, change) -> stage.settings = "{\"limits\":{}}");
    CHANGED.put("rules", (stage, change) -> readWithLess(stage));
    CHANGED.put(
        "requesterSeen", (stage, change) -> change.annotate(Annotations.SUBMITTED_BY, "carl"));
    CHANGED.put("askedBy", (stage, change) -> change.annotate(Annotations.SUBMITTED_BY, "ann"));
    CHANGED.put(
        "annotations",
        (stage, change) -> {
          String no = "bob " + change.status.plan().digest() + " not now";
          change.annotate(Annotations.REJECT_PREFIX + "security.bob", no);
        });
    CHANGED.put("delegations", (stage, change) -> stage.delegations.clear());
    CHANGED.put(
        "protection",
        (stage, change) -> stage.protection = new Protection(Optional.empty(), "another"));
    CHANGED.put("now", (stage, change) -> stage.now = DUE.plus(Duration.ofDays(30)));
  }

  /** What is read besides, each time that a change may be made. */
  private static final Map<String, BiConsumer<Stage, Change>> AROUND =
      Map.of(
          "holds", (stage, change) -> stage.giverHolds = false,
          "calendar", (stage, change) -> stage.windows.add(freeze()),
          "changing", (stage, change) -> stage.busy = "team-b/first");

  static Stream<String> components() {
    return Stream.concat(
        Arrays.stream(Inputs.class.getRecordComponents()).map(RecordComponent::getName),
        AROUND.keySet().stream().sorted());
  }

  @Test
  void unchangedItIsMade() {
    Stage stage = new Stage();
    Change change = approved(stage);
    stage.now = DUE;
    stage.work();
    assertThat(stage.cloud()).hasSize(1);
    assertThat(change.state()).isEqualTo(State.COMPLETED);
  }

  @ParameterizedTest
  @MethodSource("components")
  void whatIsNotWhatItWasWhenPeopleVotedNeedsOtherVotes(String component) {
    Stage stage = new Stage();
    Change change = approved(stage);
    change(component).accept(stage, change);
    stage.now = stage.now.isAfter(DUE) ? stage.now : DUE;
    stage.work();
    assertThat(stage.cloud()).as(change.status.message()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("components")
  void norIsItMadeIfThatChangesRightBeforeTheEffect(String component) {
    Stage stage = new Stage();
    Change change = approved(stage);
    stage.justBeforeAnEffect = () -> change(component).accept(stage, change);
    stage.now = DUE;
    stage.work();
    assertThat(stage.cloud()).as(change.status.message()).isEmpty();
  }

  private static BiConsumer<Stage, Change> change(String component) {
    BiConsumer<Stage, Change> known = CHANGED.getOrDefault(component, AROUND.get(component));
    assertThat(known).as("how %s comes to be another one is written here", component).isNotNull();
    return known;
  }

  /** Two have approved, one of them in the place of somebody; it is due in a week. */
  private static Change approved(Stage stage) {
    stage.policy(1, asking(2));
    stage.delegations.add(
        new Delegation("security", "oscar", List.of(), "dora", DUE.plus(Duration.ofDays(30))));
    Change change = stage.submitted("web", new Wanted().notBefore(DUE));
    String digest = change.status.plan().digest();
    change.annotate(Annotations.APPROVE_PREFIX + "security.deputy-1", "dora " + digest);
    stage.vote(change, "ann", "security", true, "");
    assertThat(change.state()).as(change.status.message()).isEqualTo(State.SCHEDULED);
    return change;
  }

  /** In production one more. */
  private static ApprovalPolicySpec asking(int required) {
    return new ApprovalPolicySpec(
        List.of(
            Stage.rule("all", null, Stage.gate("security", required)),
            Stage.rule(
                "production",
                "'stage' in connection.labels && connection.labels.stage == 'production'",
                Stage.gate("owner", 1))),
        null,
        null,
        null);
  }

  /** Whoever drops a field of a definition changes what is read without another generation. */
  private static void readWithLess(Stage stage) {
    ApprovalRules.Policy stored = stage.policies.get(0);
    stage.policies.set(
        0, new ApprovalRules.Policy(stored.name(), stored.uid(), stored.generation(), asking(1)));
  }

  private static Calendar.Named freeze() {
    return new Calendar.Named(
        "freeze",
        new ChangeWindowSpec(
            ChangeWindowSpec.Type.FREEZE,
            "UTC",
            "2027-01-01T00:00:00",
            "90d",
            null,
            null,
            null,
            "audit"));
  }
}
