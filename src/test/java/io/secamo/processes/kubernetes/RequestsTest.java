package io.secamo.processes.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.engine.procedure.Request.Wish;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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
    FirewallChangeSpec spec =
        Serialization.unmarshal(
            "connection: cloud\nwithdrawn: %s\nsuspend: %s".formatted(withdrawn, suspended),
            FirewallChangeSpec.class);
    resource.setSpec(spec);
    return Requests.of(resource).wish();
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

  /** Thousands wait at once, and each may be filled with 128 KB by its people. */
  @Test
  void whatOthersAnnotatedIsNotKeptInMemoryAndWhatIsSaidToUsIs() {
    ObjectMeta meta = resource.getMetadata();
    meta.setAnnotations(
        Map.of(
            "example.org/fill", "x",
            "approve.processes.secamo.io/security.1", "approver 0 fine",
            "processes.secamo.io/requested-by", "requester",
            "argocd.argoproj.io/tracking-id", "t"));
    meta.setFinalizers(List.of("example.org/keep", "processes.secamo.io/duties"));
    meta.setManagedFields(List.of(new ManagedFieldsEntryBuilder().withOperation("Update").build()));
    meta.setOwnerReferences(List.of(new OwnerReference()));

    Requests.lean(meta);

    assertThat(meta.getAnnotations())
        .containsOnlyKeys(
            "approve.processes.secamo.io/security.1",
            "processes.secamo.io/requested-by",
            "argocd.argoproj.io/tracking-id");
    assertThat(meta.getFinalizers()).hasSize(2);
    assertThat(meta.getManagedFields()).isEmpty();
    assertThat(meta.getOwnerReferences()).isEmpty();
  }

  /** Thousands of writes of our own come back as updates. */
  @Test
  void aPassIsWorthWhatPeopleChangeAndNotTheEchoOfOurStatus() {
    resource.getMetadata().setGeneration(1L);
    resource.getMetadata().setResourceVersion("1");

    assertThat(worthAPass(meta -> meta.setResourceVersion("2"))).isFalse();
    assertThat(worthAPass(meta -> meta.setGeneration(2L))).isTrue();
    assertThat(worthAPass(meta -> meta.setAnnotations(Map.of("a vote", "on it")))).isTrue();
    assertThat(worthAPass(meta -> meta.setFinalizers(List.of("another")))).isTrue();
    assertThat(worthAPass(meta -> meta.setDeletionTimestamp("2027-01-04T10:00:00Z"))).isTrue();
  }

  private boolean worthAPass(Consumer<ObjectMeta> change) {
    FirewallChangeRequest now = new FirewallChangeRequest();
    now.setMetadata(new ObjectMetaBuilder(resource.getMetadata()).build());
    change.accept(now.getMetadata());
    return Requests.worthAPass(now, resource);
  }
}
