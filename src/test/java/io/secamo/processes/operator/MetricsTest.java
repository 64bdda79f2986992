package io.secamo.processes.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What monitoring reads. */
class MetricsTest {
  private final Metrics metrics = new Metrics();

  private String scraped() throws IOException {
    return new String(metrics.scrape(), StandardCharsets.UTF_8);
  }

  @Test
  void changesOfStateAreCountedAndTimed() throws IOException {
    metrics.moved("FirewallChangeRequest", "", "AwaitingApproval", Optional.empty());
    metrics.moved(
        "FirewallChangeRequest", "AwaitingApproval", "Applying", Optional.of(Duration.ofHours(2)));
    assertThat(scraped())
        .contains(
            "processes_transitions_total{from=\"AwaitingApproval\",process=\"FirewallChangeRequest\",to=\"Applying\"}"
                + " 1.0",
            "processes_state_duration_seconds_sum{process=\"FirewallChangeRequest\","
                + "state=\"AwaitingApproval\"} 7200.0",
            "processes_state_duration_seconds_count{process=\"FirewallChangeRequest\","
                + "state=\"AwaitingApproval\"} 1");
  }

  /** Of many customers on one cluster only one is to be called. */
  @Test
  void whoseAccessIsOpenPastItsEndIsSaidForEachNamespaceAndGoneWhenItIsOver() throws IOException {
    Map<String, Long> overdue = new HashMap<>(Map.of("team-a", 301L, "team-b", 7L));
    metrics.watchOverdue(() -> overdue);
    assertThat(scraped())
        .contains(
            "processes_removal_overdue_seconds{namespace=\"team-a\"} 301.0",
            "processes_removal_overdue_seconds{namespace=\"team-b\"} 7.0");
    overdue.clear();
    assertThat(scraped()).doesNotContain("team-", "overdue_seconds 0");
  }

  @Test
  void aSystemThatDoesNotAnswerIsDownAndOneThatRefusesIsNot() throws IOException {
    metrics.ended("OpenStack", "addRule", "unknown", Duration.ofSeconds(30));
    metrics.ended("RequestTracker", "createTicket", "refused", Duration.ofMillis(40));
    assertThat(scraped())
        .contains(
            "processes_connector_up{connector=\"OpenStack\"} 0.0",
            "processes_connector_up{connector=\"RequestTracker\"} 1.0",
            "processes_connector_request_duration_seconds_count{connector=\"OpenStack\","
                + "op=\"addRule\",outcome=\"unknown\"} 1");
  }
}
