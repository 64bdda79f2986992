package io.secamo.processes.kubernetes.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.secamo.processes.approval.Ballot.Holders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who may vote is found in the bindings as admission judges it, and as it is now. */
@EnableKubernetesMockClient(crud = true)
class WhoMayVoteTest {
  private static final Holders NOBODY = new Holders(Set.of(), false);
  private static final Holders MANY = new Holders(Set.of(), true);
  private static final String BOT = "{kind: ServiceAccount, name: bot, namespace: ci}";
  private static final String ACCOUNTS_OF_CI = "{kind: Group, name: 'system:serviceaccounts:ci'}";
  KubernetesClient client;
  KubernetesMockServer server;
  private final List<String> changed = new ArrayList<>();
  private Instant now = Instant.parse("2027-01-04T09:00:00Z");
  private GateHolders holders;

  @Test
  void peopleAndGroupsThatHoldTheVerbMayVote() {
    role("approver", "approve");
    bind("approver", "{kind: User, name: ann}");
    assertThat(may()).isEqualTo(new Holders(Set.of("ann"), false));
    bind("approver", "{kind: Group, name: security}");
    assertThat(may().others()).isTrue();
  }

  /** It was said that nobody may approve, while the machine that votes was about to. */
  @Test
  void aMachineThatIsTrustedWithVotingMayVote() {
    role("approver", "approve");
    bind("approver", BOT);
    assertThat(may()).as("it takes both verbs").isEqualTo(NOBODY);
    role("automat", "approve-automated");
    bind("automat", BOT);
    assertThat(may()).isEqualTo(new Holders(Set.of("system:serviceaccount:ci:bot"), false));
  }

  @Test
  void aMachineHoldsWhatIsGrantedToItsGroup() {
    role("approver", "approve");
    bind("approver", ACCOUNTS_OF_CI);
    assertThat(may()).as("a group of machines").isEqualTo(NOBODY);
    role("automat", "approve-automated");
    bind("automat", "{kind: User, name: 'system:serviceaccount:ci:bot'}");
    assertThat(may()).isEqualTo(new Holders(Set.of("system:serviceaccount:ci:bot"), false));
    bind("automat", "{kind: Group, name: 'system:serviceaccounts'}");
    assertThat(may().others()).isTrue();
  }

  @Test
  void whoeverIsSignedInMayBeAnybody() {
    role("approver", "approve");
    bind("approver", "{kind: Group, name: 'system:authenticated'}");
    assertThat(may()).isEqualTo(MANY);
  }

  /** GitOps tools often hold everything, and nobody trusted them with voting. */
  @Test
  void aMachineThatHoldsEveryVerbMayNotVote() {
    role("all", "*");
    bind("all", BOT);
    assertThat(may()).isEqualTo(NOBODY);
    role("automat", "approve-automated");
    bind("automat", BOT);
    assertThat(may()).isEqualTo(NOBODY);
    bind("all", "{kind: User, name: ann}");
    assertThat(may()).isEqualTo(new Holders(Set.of("ann"), false));
  }

  /** Nothing else would tell the request that waits: it said so for ten minutes. */
  @Test
  void aBindingThatIsMadeLaterIsNoticedWithinAMinute() {
    role("approver", "approve");
    assertThat(may()).isEqualTo(NOBODY);
    HolderWatch watch = new HolderWatch(holders, () -> Set.of("team-a"));
    watch.look();
    assertThat(changed).isEmpty();

    bind("approver", "{kind: User, name: ann}");
    watch.look();
    assertThat(changed).containsExactly("team-a");
    assertThat(holders.at("team-a", List.of("security")).orElseThrow())
        .containsEntry("security", new Holders(Set.of("ann"), false));
    watch.look();
    assertThat(changed).as("who was just being told").containsExactly("team-a", "team-a");
    watch.look();
    assertThat(changed).hasSize(2);
    watch.close();
  }

  @Test
  void whatIsBoundEverywhereConcernsEveryNamespace() {
    assertThat(may()).isEqualTo(NOBODY);
    apply(
        "ClusterRole",
        "approver",
        "",
        "rules: [{apiGroups: [orchestrator.secamo.io], resources: [approvalgates], verbs:"
            + " [approve]}]");
    apply(
        "ClusterRoleBinding",
        "approver",
        "",
        "roleRef: {kind: ClusterRole, name: approver}\nsubjects: [{kind: User, name: ann}]");
    holders.readAgain(Set.of("team-a"));
    assertThat(changed).containsExactly("");
  }

  /** A person may take months: nothing is read for those who wait for people, and little else. */
  @Test
  void whileNobodyWaitsForAHolderNothingIsRead() throws InterruptedException {
    holders = new GateHolders(client, clock(), changed::add);
    int before = server.getRequestCount();
    try (HolderWatch watch = new HolderWatch(holders, Set::of)) {
      watch.look();
    }
    assertThat(server.getRequestCount()).isEqualTo(before);
    try (HolderWatch watch = new HolderWatch(holders, () -> Set.of("team-a", "team-b"))) {
      watch.look();
    }
    assertThat(server.getRequestCount()).as("lists").isEqualTo(before + 6);
    for (int i = 0; i < 6; i++) {
      assertThat(Objects.requireNonNull(server.takeRequest()).getMethod()).isEqualTo("GET");
    }
  }

  /** As a pass sees it that comes later than what is kept. */
  private Holders may() {
    if (holders == null) {
      holders = new GateHolders(client, clock(), changed::add);
    }
    now = now.plus(Duration.ofMinutes(1));
    return holders.at("team-a", List.of("security")).orElseThrow().get("security");
  }

  private void role(String name, String verb) {
    apply(
        "Role",
        name,
        "team-a",
        "rules: [{apiGroups: [orchestrator.secamo.io], resources: [approvalgates], resourceNames:"
            + " [security], verbs: ['"
            + verb
            + "']}]");
  }

  private void bind(String role, String subject) {
    apply(
        "RoleBinding",
        role + "-" + Math.floorMod(subject.hashCode(), 1000),
        "team-a",
        "roleRef: {kind: Role, name: " + role + "}\nsubjects: [" + subject + "]");
  }

  private void apply(String kind, String name, String namespace, String body) {
    String where = namespace.isEmpty() ? "" : ", namespace: " + namespace;
    client
        .resource(
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: %s\nmetadata: {name: %s%s}\n%s"
                .formatted(kind, name, where, body))
        .create();
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return now;
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }
}
