package io.secamo.processes.kubernetes.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.secamo.processes.api.orchestrator.ApprovalPolicy;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec;
import io.secamo.processes.approval.ApprovalRules;
import io.secamo.processes.approval.PlanFacts;
import io.secamo.processes.kubernetes.queue.Changes;
import java.time.Clock;
import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Conditions that take long keep nobody else waiting. */
@EnableKubernetesMockClient(crud = true)
@Timeout(30) // Who waits for the others would wait until they end.
class HeavyPoliciesTest {
  private static final int MANY = 150;

  private final AtomicInteger begun = new AtomicInteger();
  private final CountDownLatch end = new CountDownLatch(1);
  KubernetesClient client;
  KubernetesMockServer server;

  @Test
  void policiesOfOneNamespaceAreUnderstoodOneAfterTheOther() {
    server.expectCustomResource(
        new CustomResourceDefinitionContext.Builder()
            .withGroup("orchestrator.secamo.io")
            .withVersion("v1alpha1")
            .withKind("ApprovalPolicy")
            .withPlural("approvalpolicies")
            .withScope("Namespaced")
            .withStatusSubresource(true)
            .build());
    ApprovalPolicyReconciler reconciler =
        new ApprovalPolicyReconciler(
            client,
            new Changes<>(ApprovalPolicy.class, (now, before) -> false, policy -> {}),
            Set.of("FirewallChangeRequest"),
            Clock.systemUTC());
    List<Thread> threads = start(() -> reconciler.reconcile(policy("team-b", new Slow()), null));
    ApprovalPolicy quick = policy("team-a", List.of(rule()));
    client.resource(quick).create();

    reconciler.reconcile(quick, null);

    assertThat(client.resource(quick).get().getStatus().conditions().get(0).message())
        .isEqualTo("1 rule compiled");
    assertThat(begun).hasValue(1);
    endOf(threads);
  }

  @Test
  void plansOfOneNamespaceAreJudgedOneAfterTheOther() {
    ApprovalRules rules =
        new ApprovalRules(
            List.of(new ApprovalRules.Policy("p", "u", 1, spec(new Slow()))),
            Set.of("FirewallChangeRequest"));
    List<Thread> threads =
        start(
            () ->
                rules.judge(
                    new PlanFacts(Map.of(), Map.of("kind", "FirewallChangeRequest"), Map.of()),
                    true));

    assertThat(begun).hasValue(1);
    endOf(threads);
  }

  private static List<Thread> start(Runnable one) {
    List<Thread> threads =
        IntStream.range(0, MANY).mapToObj(i -> Thread.ofPlatform().daemon().start(one)).toList();
    Awaitility.await()
        .until(
            () ->
                threads.stream()
                    .allMatch(
                        thread ->
                            thread.getState() == Thread.State.WAITING
                                || thread.getState() == Thread.State.TIMED_WAITING));
    return threads;
  }

  private void endOf(List<Thread> threads) {
    end.countDown();
    threads.forEach(Thread::interrupt);
  }

  private static ApprovalPolicySpec.Rule rule() {
    return new ApprovalPolicySpec.Rule("all", "plan.seconds > 0", List.of(), true);
  }

  private static ApprovalPolicySpec spec(List<ApprovalPolicySpec.Rule> rules) {
    return new ApprovalPolicySpec(rules, null, null, null);
  }

  private static ApprovalPolicy policy(String namespace, List<ApprovalPolicySpec.Rule> rules) {
    ApprovalPolicy policy = new ApprovalPolicy();
    policy.setMetadata(
        new ObjectMetaBuilder().withNamespace(namespace).withName("p").withGeneration(1L).build());
    policy.setSpec(spec(rules));
    return policy;
  }

  /** Takes until the test ends to be looked at. */
  private class Slow extends AbstractList<ApprovalPolicySpec.Rule> {
    @Override
    public ApprovalPolicySpec.Rule get(int index) {
      return rule();
    }

    @Override
    public int size() {
      return 1;
    }

    @Override
    public Iterator<ApprovalPolicySpec.Rule> iterator() {
      begun.incrementAndGet();
      try {
        assertThat(end.await(1, TimeUnit.MINUTES)).isTrue();
      } catch (InterruptedException over) {
        Thread.currentThread().interrupt();
      }
      return super.iterator();
    }
  }
}
