package io.secamo.processes.kubernetes.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.secamo.processes.api.FirewallChangeRequest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TargetsTest {
  private final Targets targets =
      new Targets(() -> Stream.of("first", "second", "third").map(TargetsTest::request));

  @Test
  void whoComesSecondIsWokenWhenTheFirstHasFinished() {
    assertThat(targets.heldByAnother("first", "web")).isEmpty();
    assertThat(targets.heldByAnother("second", "web")).contains("team/first");
    assertThat(targets.heldByAnother("third", "shop")).isEmpty();

    assertThat(targets.after("third", null)).as("nobody waits for the shop").isEmpty();
    assertThat(targets.after("first", null)).containsExactly("second");
    assertThat(targets.heldByAnother("second", "web")).isEmpty();
  }

  @Test
  void aTargetOfARequestThatIsGoneIsFree() {
    assertThat(targets.heldByAnother("gone", "web")).isEmpty();
    assertThat(targets.heldByAnother("second", "web")).isEmpty();
  }

  private static FirewallChangeRequest request(String name) {
    FirewallChangeRequest request = new FirewallChangeRequest();
    request.setMetadata(
        new ObjectMetaBuilder().withName(name).withNamespace("team").withUid(name).build());
    return request;
  }
}
