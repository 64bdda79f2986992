package io.secamo.processes.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.secamo.processes.api.FirewallChangeRequest;
import io.secamo.processes.engine.Request.Wish;
import org.junit.jupiter.api.Test;

/** What people want of a request, read from its resource. */
class RequestsTest {
  private final FirewallChangeRequest resource = new FirewallChangeRequest();

  RequestsTest() {
    resource.setMetadata(
        new ObjectMetaBuilder()
            .withUid("u1")
            .withNamespace("team-a")
            .withName("web")
            .withCreationTimestamp("2027-01-04T09:00:00Z")
            .build());
  }

  private Wish wish(boolean withdrawn, boolean suspended) {
    return Requests.of(resource, withdrawn, suspended).wish();
  }

  @Test
  void whatIsHeldDoesNotGoOn() {
    assertThat(wish(false, false)).isEqualTo(Wish.PROCEED);
    assertThat(wish(false, true)).isEqualTo(Wish.SUSPEND);
  }

  @Test
  void whatIsTakenBackIsNotOnlyHeld() {
    assertThat(wish(true, true)).isEqualTo(Wish.WITHDRAW);
    resource.getMetadata().setDeletionTimestamp("2027-01-04T10:00:00Z");
    assertThat(wish(true, true)).isEqualTo(Wish.DELETE);
  }
}
