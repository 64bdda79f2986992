package io.secamo.processes.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.State;
import io.secamo.processes.story.Reapplier.Tool;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.Patience;
import io.secamo.processes.systems.RealSystem;
import io.secamo.processes.systems.Script.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What people say on the cluster survives every re-apply of Git, whatever tool does it and how. */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
@TestMethodOrder(MethodOrderer.MethodName.class)
class GitOpsStoryTest {
  /** How a person says something that Git does not have. */
  enum Said {
    SHORT_VOTE,
    FULL_VOTE,
    VOTE_BY_ANOTHER_MANAGER,
    SUSPEND,
    WITHDRAW
  }

  private static final String KEEP = "keep.processes.secamo.io";
  private static boolean nothingIsGivenBack;
  private static final Cast CAST = new Cast();

  @BeforeAll
  static void begin() throws Exception {
    for (String file : new String[] {"access", "approval-policy", "connection"}) {
      CAST.adminApplies(Files.readString(Path.of("examples/sandbox/" + file + ".yaml")));
    }
    Reapplier.grant(CAST);
    CAST.operatorStarts();
  }

  @AfterAll
  static void end() throws Exception {
    CAST.adminApplies(CAST.as("admin", "kustomize", "manifests/stamping").out());
    CAST.close();
  }

  static Stream<Arguments> everythingByEverything() {
    return Stream.of(Tool.values())
        .flatMap(tool -> Stream.of(Said.values()).map(said -> Arguments.of(tool, said)));
  }

  /** Before Kubernetes 1.36 nothing is given back: the operator's own field ownership must do. */
  static Stream<Arguments> withoutGivingBack() {
    return Stream.of(Tool.values())
        .filter(tool -> tool != Tool.ARGO_CD_REPLACE)
        .flatMap(tool -> Stream.of(Said.values()).map(said -> Arguments.of(tool, said)));
  }

  @ParameterizedTest
  @MethodSource("everythingByEverything")
  void aSyncTakesNothingAway(Tool tool, Said said) {
    survives((tool + "-" + said).toLowerCase().replace('_', '-'), tool, said);
  }

  @ParameterizedTest
  @MethodSource("withoutGivingBack")
  void aSyncTakesNothingAwayWhereNothingIsGivenBack(Tool tool, Said said) {
    CAST.as("admin", "delete", "mutatingadmissionpolicybinding", KEEP, "--ignore-not-found");
    if (!nothingIsGivenBack) {
      // A binding that is deleted acts for about a second longer.
      await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
      nothingIsGivenBack = true;
    }
    survives(("old-" + tool + "-" + said).toLowerCase().replace('_', '-'), tool, said);
  }

  private static void survives(String name, Tool tool, Said said) {
    Reapplier git = new Reapplier(CAST, tool, name);
    git.sync();
    CAST.sees(name, State.AWAITING_APPROVAL);
    String uid = CAST.get(name).getMetadata().getUid();
    String plan = CAST.get(name).getStatus().plan().digest();

    Result done = say(name, plan, said);
    assertThat(done.exit()).as(done.text()).isZero();
    git.sync();
    settled(name, plan, said);
    git.sync();

    settled(name, plan, said);
    assertThat(CAST.get(name).getMetadata().getUid()).as("not made anew").isEqualTo(uid);
    assertThat(CAST.get(name).getStatus().requestedBy().source()).isEqualTo("OnBehalf");
    assertThat(CAST.get(name).getMetadata().getAnnotations())
        .containsEntry(Annotations.REQUESTED_BY, "alice")
        .containsEntry(Annotations.SUBMITTED_BY, Reapplier.ACCOUNT);
    CAST.as("admin", "delete", "fcr", name, "--wait=false");
  }

  private static Result say(String name, String plan, Said said) {
    return switch (said) {
      case SHORT_VOTE ->
          CAST.as("approver", "annotate", "fcr", name, Annotations.APPROVE + "=" + plan);
      case FULL_VOTE ->
          CAST.as(
              "approver",
              "annotate",
              "fcr",
              name,
              "approve.processes.secamo.io/security.mine=approver " + plan);
      case VOTE_BY_ANOTHER_MANAGER ->
          CAST.as(
              "approver",
              "annotate",
              "--field-manager=processes-cli",
              "fcr",
              name,
              "approve.processes.secamo.io/security.mine=approver " + plan);
      case SUSPEND -> patch(name, "{\"spec\":{\"suspend\":true}}");
      case WITHDRAW -> patch(name, "{\"spec\":{\"withdrawn\":true}}");
    };
  }

  private static Result patch(String name, String merge) {
    return CAST.as("requester", "patch", "fcr", name, "--type=merge", "-p", merge);
  }

  private static void settled(String name, String plan, Said said) {
    await()
        .atMost(Patience.LIMIT)
        .untilAsserted(
            () -> {
              var request = CAST.get(name);
              switch (said) {
                case SUSPEND -> {
                  assertThat(request.getSpec().suspend()).isTrue();
                  assertThat(request.getStatus().state()).isEqualTo(State.SUSPENDED);
                }
                case WITHDRAW -> {
                  assertThat(request.getSpec().withdrawn()).isTrue();
                  assertThat(request.getStatus().state()).isEqualTo(State.WITHDRAWN);
                }
                default -> {
                  assertThat(request.getMetadata().getAnnotations())
                      .containsValue("approver " + plan);
                  assertThat(request.getStatus().waitingFor()).isEqualTo("security (1 of 2)");
                }
              }
            });
  }
}
