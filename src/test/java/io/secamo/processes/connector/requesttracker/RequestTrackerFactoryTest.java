package io.secamo.processes.connector.requesttracker;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secamo.processes.api.orchestrator.ConnectionSpec;
import io.secamo.processes.connector.ConnectionSettings;
import io.secamo.processes.connector.ConnectorFailure;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestTrackerFactoryTest {
  private static void connect(Map<String, String> secret) {
    ConnectionSpec spec =
        new ConnectionSpec(
            ConnectionSpec.Type.REQUEST_TRACKER,
            "https://tickets.example.com",
            new ConnectionSpec.SecretRef("helpdesk-token"),
            new ConnectionSpec.RequestTracker("Firewall", "opkey"),
            null,
            null,
            null,
            null);
    new RequestTrackerFactory(Clock.systemUTC())
        .connect(new ConnectionSettings("team-a", "helpdesk", spec, secret));
  }

  @Test
  void aTokenThatIsTooLongToBeOneIsToldByItsKey() {
    assertThatThrownBy(() -> connect(Map.of("token", "t".repeat(4097))))
        .isInstanceOf(ConnectorFailure.Unauthorized.class)
        .hasMessageContaining("no usable key token")
        .hasMessageContaining("4,097 characters")
        .hasMessageNotContaining("ttt");
  }

  @Test
  void aBundleOfAllAuthoritiesIsRefused() {
    assertThatThrownBy(() -> connect(Map.of("token", "t", "ca.crt", "x".repeat(65_537))))
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessageContaining("ca.crt holds 65,537 characters, at most 65,536");
  }
}
