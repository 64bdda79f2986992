package io.secamo.processes.kubernetes.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.secamo.processes.approval.Protection;
import io.secamo.processes.controlplane.ControlPlane;
import io.secamo.processes.kubernetes.health.Transitions;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class AnnouncerTest {
  /** The API server refuses a note of more than 1,024 bytes, and says it counts characters. */
  @Test
  void peopleAreAlsoCalledInLettersThatNeedSeveralBytes() {
    String call = "Überprüfung nötig: ";
    ControlPlane cluster = ControlPlane.running();
    try (KubernetesClient operator = cluster.client("operator");
        KubernetesClient admin = cluster.client("admin")) {
      new Announcer(operator, Clock.systemUTC(), Transitions.UNHEARD)
          .protection(new Protection(Optional.of(call + "防火".repeat(300)), "epoch"));

      List<Event> events = admin.events().v1().events().inNamespace("default").list().getItems();
      assertThat(events)
          .extracting(Event::getNote)
          .filteredOn(note -> note.startsWith(call))
          .singleElement()
          .asString()
          .hasSizeGreaterThan(300)
          .doesNotContain("\uFFFD");
    }
  }
}
