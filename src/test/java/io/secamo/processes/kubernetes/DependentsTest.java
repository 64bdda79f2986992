package io.secamo.processes.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.secamo.processes.api.KindName;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.api.orchestrator.ApprovalPolicy;
import io.secamo.processes.api.orchestrator.ChangeWindow;
import io.secamo.processes.api.orchestrator.Connection;
import io.secamo.processes.api.orchestrator.ConnectionStatus;
import io.secamo.processes.api.request.ProcessRequest;
import io.secamo.processes.contract.Loan;
import io.secamo.processes.contract.LoanRequest;
import io.secamo.processes.kubernetes.queue.Targets;
import io.secamo.processes.kubernetes.queue.Wakes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever waits for something is looked at when it changes, and nobody else is. */
class DependentsTest {
  private final List<ProcessRequest<?>> requests = new ArrayList<>();
  private final List<String> woken = new ArrayList<>();
  private Dependents dependents;

  @BeforeEach
  void requests() {
    Wakes wakes = new Wakes(requests::stream);
    SimpleInboundEventSource<FirewallChangeRequest> source =
        wakes.source(new KindName("FirewallChangeRequest"));
    source.setEventHandler(event -> woken.add(event.getRelatedCustomResourceID().getName()));
    source.start();
    dependents = new Dependents(wakes, new Targets(requests::stream));
    request("voting", "state: AwaitingApproval");
    request("stuck", "state: NeedsAttention");
    request("again", "state: Applying\nnextAttemptAt: 2027-01-04T09:00:00Z");
    request("closed", "state: Scheduled\nconditions: [{type: Ready, reason: WindowClosed}]");
    request(
        "unproved", "state: Running\nconditions: [{type: Ready, reason: AdmissionUnprotected}]");
    request("live", "state: InForce");
    request(
        "nobodys",
        "state: AwaitingApproval\nconditions: [{type: Ready, reason: NobodyMayApprove}]");
    FirewallChangeRequest elsewhere = request("elsewhere", "state: NeedsAttention");
    elsewhere.getMetadata().setNamespace("team-b");
    request("new", "");
  }

  @Test
  void whatWasMendedIsTriedAgain() {
    told(dependents.ofConnections(), connection("False"), connection("True"));
    assertThat(woken).containsExactly("voting", "stuck", "again", "closed", "nobodys");
  }

  /** The plan may rest on them, and nobody should vote on what does not count any more. */
  @Test
  void otherLabelsOfAConnectionAreLookedAtByWhatIsPlanned() {
    Connection relabelled = connection("True");
    relabelled.getMetadata().setLabels(Map.of("stage", "production"));
    told(dependents.ofConnections(), connection("True"), relabelled);
    assertThat(woken).containsExactly("voting", "stuck", "again", "closed", "nobodys");
  }

  @Test
  void aConnectionThatIsAsItWasWakesNobody() {
    told(dependents.ofConnections(), connection("True"), connection("True"));
    told(dependents.ofConnections(), connection("True"), connection("False"));
    assertThat(woken).isEmpty();
  }

  /**
   * Else whoever makes Connections has all that is stuck ask its systems, as often as they like.
   */
  @Test
  void aConnectionThatNoRequestNamesWakesNobody() {
    Connection other = connection("True");
    other.getMetadata().setName("other");
    dependents.ofConnections().onResourceCreated(other);
    assertThat(woken).isEmpty();

    Connection desk = connection("True");
    desk.getMetadata().setName("desk");
    dependents.ofConnections().onResourceCreated(desk);
    assertThat(woken).containsExactly("voting", "stuck", "again", "closed", "nobodys");
  }

  @Test
  void anotherPolicyAsksForOtherVotes() {
    told(dependents.ofPolicies(), at(new ApprovalPolicy(), 1), at(new ApprovalPolicy(), 2));
    assertThat(woken).containsExactly("voting", "stuck", "again", "closed", "nobodys");
  }

  @Test
  void aStatusOfAPolicyIsNoOtherPolicy() {
    told(dependents.ofPolicies(), at(new ApprovalPolicy(), 2), at(new ApprovalPolicy(), 2));
    assertThat(woken).isEmpty();
  }

  @Test
  void aWindowThatIsNewOrGoneMayOpenWhatWaitsForOne() {
    ChangeWindow window = at(new ChangeWindow(), 1);
    dependents.ofWindows().onResourceCreated(window);
    assertThat(woken).containsExactly("closed");
    dependents.ofWindows().onResourceDeleted(window);
    assertThat(woken).containsExactly("closed", "closed");
  }

  /** A binding wakes nobody: it went on saying that nobody may approve. */
  @Test
  void whatNobodyCouldApproveIsLookedAtWhenOthersMayVote() {
    assertThat(Dependents.withoutHolders(requests.stream())).containsExactly("team-a");
    dependents.ofHolders("team-b");
    assertThat(woken).isEmpty();
    dependents.ofHolders("team-a");
    assertThat(woken).containsExactly("nobodys");
    dependents.ofHolders("");
    assertThat(woken).containsExactly("nobodys", "nobodys");
  }

  @Test
  void whoWaitsForVotesToBeAProofIsLookedAtInEveryNamespace() {
    dependents.ofAdmission();
    assertThat(woken)
        .containsExactly("voting", "stuck", "again", "unproved", "nobodys", "elsewhere");
  }

  private static <R extends HasMetadata> void told(
      ResourceEventAware<R> listener, R before, R now) {
    listener.onResourceUpdated(now, before);
  }

  private static Connection connection(String ready) {
    Connection connection = at(new Connection(), 1);
    connection.setStatus(
        Serialization.unmarshal(
            "conditions: [{type: Ready, status: '" + ready + "'}]", ConnectionStatus.class));
    return connection;
  }

  private static <R extends HasMetadata> R at(R object, long generation) {
    object.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("team-a")
            .withName("x")
            .withGeneration(generation)
            .build());
    return object;
  }

  private FirewallChangeRequest request(String name, String status) {
    FirewallChangeRequest request = at(new FirewallChangeRequest(), 1);
    request.getMetadata().setName(name);
    request.setSpec(
        Serialization.unmarshal(
            "connection: x\nticket: {connection: desk}", FirewallChangeSpec.class));
    if (!status.isEmpty()) {
      request.setStatus(Serialization.unmarshal(status, ProcessStatus.class));
    }
    requests.add(request);
    return request;
  }

  /** Names are those of a kind: another one's of that name is another request. */
  @Test
  void whoAskedForARemovalIsWokenByWhatIsRemovedAndNotByItsNamesakeOfAnotherKind() {
    request("end", "state: Applying")
        .setSpec(Serialization.unmarshal("connection: x\nremoves: web", FirewallChangeSpec.class));
    LoanRequest namesake = at(new LoanRequest(), 1);
    namesake.getMetadata().setName("web");
    namesake.setSpec(new Loan("carl", false, null, null, null));
    namesake.setStatus(Serialization.unmarshal("state: Reverting", ProcessStatus.class));

    dependents.ofRequest(namesake);
    assertThat(woken).isEmpty();
    dependents.ofRequest(request("web", "state: Reverting"));
    assertThat(woken).containsExactly("end");
  }

  /** Nobody serves it here, and nobody else of its name may be woken in its place. */
  @Test
  void aRequestOfAKindThatIsNotWokenWakesNobody() {
    LoanRequest other = at(new LoanRequest(), 1);
    other.getMetadata().setName("voting");
    other.setSpec(new Loan("carl", false, null, null, null));
    other.setStatus(Serialization.unmarshal("state: AwaitingApproval", ProcessStatus.class));
    requests.clear();
    requests.add(other);

    dependents.ofAdmission();

    assertThat(woken).isEmpty();
  }
}
