package io.secamo.processes.kubernetes;

import static io.secamo.processes.kubernetes.Submission.saying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.connector.sandbox.SandboxStore.Entry;
import io.secamo.processes.effect.Interruption;
import io.secamo.processes.kubernetes.reading.Seen;
import io.secamo.processes.kubernetes.sandbox.ConfigMapStore;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How status is written and sandboxes are kept, on a mock of the API server. */
@EnableKubernetesMockClient(crud = true)
class StatusWriterTest {
  KubernetesClient client;
  KubernetesMockServer server;
  private StatusWriter<FirewallChangeRequest> writer;
  private FirewallChangeRequest request;

  @BeforeEach
  void create() {
    request = Submission.submit(server, client);
    writer = new StatusWriter<>(client, FirewallChangeRequest.class, new Seen<>());
  }

  @Test
  void aWriteOnAnOlderVersionIsRefusedAndChangesNothing() {
    writer.write(request, saying("first"));
    assertThatThrownBy(() -> writer.write(request, saying("second")))
        .isInstanceOf(Interruption.Conflict.class);
    assertThat(live().getStatus().message()).isEqualTo("first");
  }

  @Test
  void whoKeepsAnnotatingDoesNotKeepTheOperatorFromRecordingWhatItDid() {
    FirewallChangeRequest annotated = live();
    annotated.getMetadata().setAnnotations(Map.of("example.com/beat", "1"));
    client.resource(annotated).update();

    FirewallChangeRequest stored = writer.write(request, saying("done"));

    assertThat(live().getStatus().message()).isEqualTo("done");
    assertThat(stored.getMetadata().getAnnotations()).containsKey("example.com/beat");
    assertThat(writer.newest(request)).isSameAs(stored);
  }

  /** As a script of the requester does, seventeen times a second, while access is removed. */
  @Test
  void whoWritesAheadOfEveryWriteOfOursDoesNotKeepItFromBeingRecorded() {
    request = writer.write(request, saying("live"));
    AtomicInteger beats = new AtomicInteger();
    Interceptor flood =
        new Interceptor() {
          @Override
          public void before(BasicBuilder ours, HttpRequest call, RequestTags tags) {
            if (call.uri().getPath().endsWith("/status")) {
              FirewallChangeRequest beat = live();
              beat.getMetadata()
                  .setAnnotations(Map.of("example.com/beat", "" + beats.incrementAndGet()));
              client.resource(beat).update();
            }
          }
        };
    try (KubernetesClient slower =
        new KubernetesClientBuilder()
            .withConfig(client.getConfiguration())
            .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("flood", flood))
            .build()) {
      new StatusWriter<>(slower, FirewallChangeRequest.class, new Seen<>())
          .write(request, saying("removed"));
    }
    assertThat(live().getStatus().message()).isEqualTo("removed");
    assertThat(live().getMetadata().getAnnotations()).containsEntry("example.com/beat", "1");
    assertThat(beats).hasValue(1);
  }

  @Test
  void theSameWordsOfSomebodyElseAreStillSomebodyElses() {
    writer.write(request, saying("same"));
    StatusWriter<FirewallChangeRequest> other =
        new StatusWriter<>(client, FirewallChangeRequest.class, new Seen<>());
    assertThatThrownBy(() -> other.write(request, saying("same")))
        .isInstanceOf(Interruption.Conflict.class);
  }

  @Test
  void theLastWriteIsRememberedUntilTheInformerHasIt() {
    FirewallChangeRequest stored = writer.write(request, saying("first"));
    assertThat(writer.newest(request).getStatus().message()).isEqualTo("first");
    writer.caughtUp(stored);
    assertThat(writer.newest(request).getStatus()).isNull();
  }

  @Test
  void whatIsGoneFromTheStatusIsGoneFromTheServer() {
    FirewallChangeRequest stored = writer.write(request, saying("first"));
    writer.write(stored, saying(null));
    assertThat(live().getStatus().message()).isNull();
  }

  @Test
  void anUnchangedStatusIsNotWritten() {
    FirewallChangeRequest stored = writer.write(request, saying("first"));
    assertThat(writer.write(stored, saying("first"))).isSameAs(stored);
  }

  // That only our finalizer goes is shown by the stories on the real API server: the mock appends
  // to lists where a merge patch (RFC 7386) replaces them.
  @Test
  void lettingGoOfAnOlderVersionIsRefused() {
    writer.write(request, saying("first"));
    assertThatThrownBy(() -> writer.release(request)).isInstanceOf(Interruption.Conflict.class);
    assertThat(live().getMetadata().getFinalizers()).contains(Annotations.FINALIZER);
  }

  @Test
  void aSandboxEntryIsMadeOnceAndReplacedByWhoReadTheLastVersion() {
    ConfigMapStore store = new ConfigMapStore(client, "team-a");
    assertThat(store.create("a", "rule", Map.of("k", "1"))).isTrue();
    assertThat(store.create("a", "rule", Map.of("k", "2"))).isFalse();
    Entry read = store.read("a").orElseThrow();
    assertThat(store.replace(read, Map.of("k", "3"))).isTrue();
    assertThat(store.replace(read, Map.of("k", "4"))).isFalse();
    assertThat(store.read("rule", "a").orElseThrow().data()).isEqualTo(Map.of("k", "3"));
    assertThat(store.read("ticket", "a")).isEmpty();
    store.delete("a");
    store.delete("a");
    assertThat(store.read("a")).isEmpty();
  }

  private FirewallChangeRequest live() {
    return Submission.live(client);
  }
}
