package io.secamo.processes.kubernetes.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.api.request.ProcessRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who stands behind whom at a target that many want to change. */
class TargetsTest {
  private static final String WEB = "cloud/web";
  private final List<ProcessRequest<?>> requests = new ArrayList<>();
  private final Targets targets = new Targets(requests::stream);

  TargetsTest() {
    for (String name : List.of("first", "second", "third", "fourth")) {
      FirewallChangeRequest request = new FirewallChangeRequest();
      request.setMetadata(
          new ObjectMetaBuilder().withNamespace("team-a").withName(name).withUid(name).build());
      requests.add(request);
    }
  }

  private static ProcessStatus status(String yaml) {
    return Serialization.unmarshal(yaml, ProcessStatus.class);
  }

  private static ProcessStatus waiting() {
    return status(
        """
        state: Scheduled
        conditions:
        - {type: Ready, status: "False", reason: TargetBusy, message: later}
        """);
  }

  private Optional<String> ahead(String uid) {
    return targets.heldByAnother(uid, WEB);
  }

  /** Each text is a write, and a hundred that wait would write five thousand. */
  @Test
  void aLongQueueIsNotToldAnewAboutEachThatIsDone() {
    assertThat(ahead("first")).isEmpty();
    assertThat(ahead("second")).contains("team-a/first");
    assertThat(ahead("third")).contains("team-a/second");
    assertThat(ahead("fourth")).contains("team-a/third");
    for (String uid : List.of("second", "third", "fourth")) {
      assertThat(targets.after(uid, waiting())).isEmpty();
    }

    assertThat(targets.after("first", status("state: Completed")))
        .as("the one behind it, even while its own pass is still under way")
        .containsExactly("second");

    assertThat(ahead("second")).isEmpty();
    assertThat(ahead("third")).contains("team-a/second");
    assertThat(ahead("fourth")).contains("team-a/third");
  }

  @Test
  void whoIsChangingKeepsTheTargetAndWhoGivesUpLetsTheNextOneGo() {
    assertThat(ahead("first")).isEmpty();
    assertThat(ahead("second")).contains("team-a/first");
    assertThat(targets.after("first", status("state: Applying"))).isEmpty();
    assertThat(ahead("second")).contains("team-a/first");
    assertThat(targets.after("first", status("state: Suspended"))).containsExactly("second");
    assertThat(ahead("second")).isEmpty();
    assertThat(ahead("first")).as("who comes back stands behind").contains("team-a/second");
  }

  @Test
  void whoHasRemovedEverythingDoesNotKeepTheTargetUntilItsTicketIsClosed() {
    String reverting = "state: Reverting\neffects: [{key: k, step: Apply, connection: c, state: ";
    assertThat(ahead("first")).isEmpty();
    assertThat(ahead("second")).contains("team-a/first");
    assertThat(targets.after("first", status(reverting + "Done}]"))).isEmpty();
    assertThat(targets.after("first", status(reverting + "Reverted}]"))).containsExactly("second");
  }

  @Test
  void whoVanishedIsNotWaitedFor() {
    ahead("first");
    ahead("second");
    assertThat(ahead("third")).contains("team-a/second");
    requests.removeIf(request -> request.getMetadata().getName().equals("second"));
    assertThat(ahead("third")).contains("team-a/first");
    requests.removeIf(request -> request.getMetadata().getName().equals("first"));
    assertThat(ahead("third")).isEmpty();
  }

  @Test
  void targetsDoNotWaitForEachOther() {
    assertThat(ahead("first")).isEmpty();
    assertThat(targets.heldByAnother("second", "cloud/db")).isEmpty();
  }
}
