package io.secamo.processes.kubernetes.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.secamo.processes.api.KindName;
import io.secamo.processes.approval.Protection;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.controlplane.ControlPlane;
import io.secamo.processes.operator.Kinds;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.Patience;
import io.secamo.processes.systems.RealSystem;
import io.secamo.processes.systems.Script.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever weakens what makes votes a proof is noticed, however they do it. */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class CanaryTest {
  private static final String POLICY = "validatingadmissionpolicy";
  private static final String AUDITED = "{\"spec\":{\"validationActions\":[\"Audit\"]}}";
  private static final String DENIED = "{\"spec\":{\"validationActions\":[\"Deny\",\"Audit\"]}}";
  private static final String BINDING = "validatingadmissionpolicybinding";
  private static final String VOTES = "votes.processes.secamo.io";
  private static final String APPLY = ": kubectl apply --server-side -k manifests/";
  private static final String REPLACE = ": kubectl replace -k manifests/policies";
  private static ControlPlane cluster;
  private static KubernetesClient operator;
  private static Canary canary;

  @BeforeAll
  static void connect() {
    cluster = ControlPlane.apart("canary");
    operator = cluster.client("operator");
    canary = new Canary(operator, Identity.of(operator), Kinds.shipped());
  }

  @AfterAll
  static void disconnect() {
    operator.close();
  }

  @AfterEach
  void restore() {
    String policies = cluster.kubectl("admin", "kustomize", "manifests/policies").out();
    cluster.kubectlWith(
        "admin", policies, "apply", "--server-side", "--force-conflicts", "-f", "-");
    // As the messages say: an apply would leave what somebody added.
    must(cluster.kubectl("admin", "replace", "-k", "manifests/policies"));
    String crds = cluster.kubectl("admin", "kustomize", "crds").out();
    cluster.kubectlWith("admin", crds, "apply", "--server-side", "--force-conflicts", "-f", "-");
    await()
        .atMost(Patience.LIMIT)
        .untilAsserted(() -> assertThat(canary.check().problem()).isEmpty());
  }

  @Test
  void asShippedVotesAreAProof() {
    assertThat(canary.check().problem()).isEmpty();
    assertThat(canary.check().epoch()).isEqualTo(canary.check().epoch()).hasSize(16);
  }

  /** The answer about another object, or none, is no answer about this one. */
  @Test
  void ofARequestThatIsNotThereNothingIsKnown() {
    KindName changes = new KindName("FirewallChangeRequest");
    assertThatThrownBy(() -> canary.check(changes, "default", "nobody-wrote-it"))
        .isInstanceOf(ConnectorFailure.Transient.class)
        .hasMessageContaining("there is no FirewallChangeRequest default/nobody-wrote-it");
  }

  @Test
  void nothingIsReadAndComparedAgainWhileNothingWasChanged() {
    Installed installed = new Installed(operator, Kinds.shipped());
    Installed.Snapshot first = installed.now();
    assertThat(installed.now()).isSameAs(first);
    must(cluster.kubectl("admin", "annotate", POLICY, VOTES, "example.com/touched=yes"));
    assertThat(installed.now()).isNotSameAs(first);
    must(cluster.kubectl("admin", "annotate", POLICY, VOTES, "example.com/touched-"));
  }

  /** Whoever starts it with their own kubeconfig must not replace policies that are as shipped. */
  @Test
  void whoRunsTheOperatorAsSomebodyElseIsToldSo() {
    String text =
        "this operator runs as admin, and the admission policies take"
            + " system:serviceaccount:process-orchestrator:process-orchestrator for it: run it"
            + " as that one";
    Canary another = new Canary(operator, new Identity("admin"), Kinds.shipped());

    assertThat(another.check().problem()).contains(text);
    assertThat(another.another()).contains(text);
    assertThat(canary.another()).isEmpty();
  }

  /** What is missing or was changed is told while it runs: only a person can mend it. */
  @Test
  void aPolicyThatIsNotAsShippedIsNoOtherOperator() {
    Canary another = new Canary(operator, new Identity("admin"), Kinds.shipped());
    must(cluster.kubectl("admin", "patch", BINDING, VOTES, "--type=merge", "-p", AUDITED));
    assertThat(another.another()).isEmpty();
  }

  @Test
  void aPolicyThatIsGoneIsNamed() {
    must(cluster.kubectl("admin", "delete", POLICY, VOTES));
    assertThat(problem())
        .isEqualTo(
            "ValidatingAdmissionPolicy votes.processes.secamo.io is missing: kubectl apply"
                + " --server-side -k manifests/");
  }

  /** Who puts one back after the other would otherwise read of the next one each time. */
  @Test
  void howManyAreGoneIsTold() {
    must(cluster.kubectl("admin", "delete", POLICY, VOTES));
    must(cluster.kubectl("admin", "delete", BINDING, VOTES));
    assertThat(problem())
        .matches(
            "ValidatingAdmissionPolicy votes.processes.secamo.io and 1 more of \\d+ policies and"
                + " bindings are missing: kubectl apply --server-side -k manifests/");
  }

  /** It acts until its last finalizer goes, and then nothing does. */
  @Test
  void aPolicyThatIsBeingDeletedIsNamed() {
    String kept = "{\"metadata\":{\"finalizers\":[\"example.org/kept\"]}}";
    must(cluster.kubectl("admin", "patch", POLICY, VOTES, "--type=merge", "-p", kept));
    must(cluster.kubectl("admin", "delete", POLICY, VOTES, "--wait=false"));
    try {
      assertThat(problem())
          .isEqualTo(
              "ValidatingAdmissionPolicy votes.processes.secamo.io is being deleted: take its"
                  + " finalizers away (kubectl edit), then kubectl apply --server-side -k"
                  + " manifests/");
    } finally {
      String free = kept.replace("[\"example.org/kept\"]", "null");
      must(cluster.kubectl("admin", "patch", POLICY, VOTES, "--type=merge", "-p", free));
    }
  }

  @Test
  void aBindingThatWasTakenAwayAndPutBackIsAnotherEpoch() {
    String before = canary.check().epoch();
    must(cluster.kubectl("admin", "delete", BINDING, VOTES));
    assertThat(problem())
        .contains("ValidatingAdmissionPolicyBinding votes.processes.secamo.io is missing");
    restore();
    assertThat(canary.check().epoch()).isNotEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "validatingadmissionpolicybinding | {\"spec\":{\"validationActions\":[\"Audit\"]}} |"
            + " spec.validationActions",
        "validatingadmissionpolicybinding |"
            + " {\"spec\":{\"matchResources\":{\"namespaceSelector\":{\"matchLabels\":{\"a\":\"b\"}}}}}"
            + " | spec.matchResources",
        "validatingadmissionpolicybinding | {\"metadata\":{\"labels\":null}} | is missing",
        "validatingadmissionpolicy | {\"spec\":{\"failurePolicy\":\"Ignore\"}} |"
            + " spec.failurePolicy",
        "validatingadmissionpolicy |"
            + " {\"spec\":{\"matchConditions\":[{\"name\":\"never\",\"expression\":\"false\"}]}} |"
            + " spec.matchConditions",
        "validatingadmissionpolicy |"
            + " {\"spec\":{\"matchConstraints\":{\"namespaceSelector\":{\"matchLabels\":{\"a\":\"b\"}}}}}"
            + " | spec.matchConstraints.namespaceSelector",
        "validatingadmissionpolicy |"
            + " {\"spec\":{\"matchConstraints\":{\"excludeResourceRules\":[{\"apiGroups\":[\"processes.secamo.io\"],\"apiVersions\":[\"*\"],\"operations\":[\"UPDATE\"],\"resources\":[\"*\"]}]}}}"
            + " | spec.matchConstraints.excludeResourceRules",
        "validatingadmissionpolicy |"
            + " {\"spec\":{\"matchConstraints\":{\"objectSelector\":{\"matchLabels\":{\"a\":\"b\"}}}}}"
            + " | spec.matchConstraints.objectSelector",
        "validatingadmissionpolicy | {\"spec\":{\"validations\":[{\"expression\":\"true\"}]}} |"
            + " spec.validations"
      })
  void aWeakeningIsNoticedAndNamed(String kind, String patch, String what) {
    must(cluster.kubectl("admin", "patch", kind, VOTES, "--type=merge", "-p", patch));
    assertThat(problem()).contains(VOTES, what).containsAnyOf(APPLY, REPLACE);
  }

  @Test
  void oneRuleThatSaysYesIsNoticed() {
    must(
        cluster.kubectl(
            "admin",
            "patch",
            POLICY,
            VOTES,
            "--type=json",
            "-p",
            "[{\"op\":\"replace\",\"path\":\"/spec/validations/7/expression\",\"value\":\"true\"}]"));
    assertThat(problem()).contains("spec.validations[7].expression differs");
  }

  @Test
  void aStatusThatCouldBeWrittenThroughTheRequestIsNoticed() {
    must(
        cluster.kubectl(
            "admin",
            "patch",
            "crd",
            "firewallchangerequests.processes.secamo.io",
            "--type=json",
            "-p",
            "[{\"op\":\"remove\",\"path\":\"/spec/versions/0/subresources\"}]"));
    assertThat(problem()).contains("lost its status subresource");
  }

  @Test
  void aWebhookThatCouldWriteVotesWhileItConvertsRequestsIsNoticedAlsoOnceItIsGone() {
    String before = canary.check().epoch();
    String webhook =
        "{\"strategy\":\"Webhook\",\"webhook\":{\"conversionReviewVersions\":[\"v1\"],"
            + "\"clientConfig\":{\"url\":\"https://127.0.0.1:1/convert\"}}}";
    must(conversion(webhook));
    assertThat(problem()).contains("is converted by a webhook: kubectl replace -k crds");

    must(conversion("{\"strategy\":\"None\",\"webhook\":null}"));
    assertThat(canary.check().problem()).isEmpty();
    assertThat(canary.check().epoch()).isNotEqualTo(before);
  }

  private static Result conversion(String conversion) {
    return cluster.kubectl(
        "admin",
        "patch",
        "crd",
        "firewallchangerequests.processes.secamo.io",
        "--type=merge",
        "-p",
        "{\"spec\":{\"conversion\":" + conversion + "}}");
  }

  /** Its generation counts changes of the policy, not of what the API server makes of it. */
  @Test
  void whoDropsAFieldOfAKindThatDecidesMakesAnotherEpoch() {
    String before = canary.check().epoch();
    for (String kind : Definitions.of(Kinds.shipped(), Map.of(), Map.of()).read()) {
      must(
          cluster.kubectl(
              "admin",
              "patch",
              "crd",
              kind,
              "--type=json",
              "-p",
              "[{\"op\":\"add\",\"path\":\"/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/extra\",\"value\":{\"type\":\"string\"}}]"));
      String changed = canary.check().epoch();
      assertThat(changed).as(kind).isNotEqualTo(before);
      before = changed;
    }
  }

  /** What is not kept is forgotten: that something is live, or how a process went. */
  @ParameterizedTest
  @CsvSource({
    "firewallchangerequests.processes.secamo.io, properties/status/properties/effects,"
        + " status.effects",
    "evidencerecords.orchestrator.secamo.io,"
        + " properties/spec/properties/entries/items/properties/facts, spec.entries.facts"
  })
  void aDefinitionThatDropsWhatWeWriteIsNoticed(String kind, String path, String field) {
    must(
        cluster.kubectl(
            "admin",
            "patch",
            "crd",
            kind,
            "--type=json",
            "-p",
            "[{\"op\":\"remove\",\"path\":\"/spec/versions/0/schema/openAPIV3Schema/"
                + path
                + "\"}]"));
    assertThat(problem())
        .isEqualTo(
            "the kind "
                + kind
                + " does not keep "
                + field
                + " as shipped: kubectl replace -k crds");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/x-kubernetes-preserve-unknown-fields | true | (root)",
        "/properties/spec/properties/rules/items/properties/standard/default | true |"
            + " spec.rules.standard"
      })
  void aDefinitionThatKeepsMoreOrFillsInMoreIsNoticedToo(String path, String value, String field) {
    must(
        cluster.kubectl(
            "admin",
            "patch",
            "crd",
            "approvalpolicies.orchestrator.secamo.io",
            "--type=json",
            "-p",
            "[{\"op\":\"add\",\"path\":\"/spec/versions/0/schema/openAPIV3Schema"
                + path
                + "\",\"value\":"
                + value
                + "}]"));
    assertThat(problem()).contains("does not keep " + field + " as shipped");
  }

  @Test
  void anotherWordingOfAPolicyKindIsNoOtherEpoch() {
    String before = canary.check().epoch();
    must(
        cluster.kubectl(
            "admin",
            "patch",
            "crd",
            "approvalpolicies.orchestrator.secamo.io",
            "--type=json",
            "-p",
            "[{\"op\":\"replace\",\"path\":\"/spec/versions/0/schema/openAPIV3Schema/properties/spec/description\",\"value\":\"in"
                + " other words\"}]"));
    assertThat(canary.check().epoch()).isEqualTo(before);
  }

  @Test
  void whoAnswersInThePlaceOfTheApiServerIsNamed() {
    String name = "v1alpha1.orchestrator.secamo.io";
    must(
        cluster.kubectl(
            "admin", "label", "apiservice", name, "kube-aggregator.kubernetes.io/automanaged-"));
    try {
      must(
          cluster.kubectl(
              "admin",
              "patch",
              "apiservice",
              name,
              "--type=merge",
              "-p",
              "{\"spec\":{\"service\":{\"namespace\":\"team-a\",\"name\":\"forger\"},"
                  + "\"insecureSkipTLSVerify\":true}}"));
      assertThat(problem())
          .contains(
              "APIService "
                  + name
                  + " lets service team-a/forger answer in the place of the API"
                  + " server: delete it");
    } finally {
      must(cluster.kubectl("admin", "delete", "apiservice", name));
    }
    await()
        .atMost(Patience.LIMIT)
        .untilAsserted(() -> assertThat(canary.check().problem()).isEmpty());
  }

  @Test
  void whoElseMayRewriteRequestsIsListed() {
    Rewriters rewriters = new Rewriters(operator, Identity.of(operator));
    assertThat(rewriters.found()).isEmpty();
    cluster.kubectlWith(
        "admin",
        """
        apiVersion: admissionregistration.k8s.io/v1
        kind: MutatingWebhookConfiguration
        metadata: {name: sidecars}
        webhooks:
        - name: sidecars.example.com
          admissionReviewVersions: [v1]
          sideEffects: None
          failurePolicy: Ignore
          clientConfig: {url: "https://127.0.0.1:1/none"}
          matchConditions: [{name: never, expression: "false"}]
          rules:
          - {apiGroups: ["*"], apiVersions: ["*"], operations: ["*"], resources: ["*"]}
        """,
        "apply",
        "-f",
        "-");
    try {
      assertThat(rewriters.found()).containsExactly("MutatingWebhookConfiguration sidecars");
    } finally {
      must(cluster.kubectl("admin", "delete", "mutatingwebhookconfiguration", "sidecars"));
    }
  }

  @Test
  void aStampThatIsNotAsShippedIsListedToo() {
    String stamp = "votes.processes.secamo.io";
    Rewriters rewriters = new Rewriters(operator, Identity.of(operator));
    must(
        cluster.kubectl(
            "admin",
            "patch",
            "mutatingadmissionpolicy",
            stamp,
            "--type=merge",
            "-p",
            "{\"spec\":{\"failurePolicy\":\"Ignore\"}}"));
    assertThat(rewriters.found()).containsExactly("MutatingAdmissionPolicy " + stamp);
    must(cluster.kubectl("admin", "replace", "-k", "manifests/stamping"));
    assertThat(rewriters.found()).isEmpty();
  }

  @Test
  void theWatchTellsWhatChangedAndNothingElse() {
    List<Protection> told = new ArrayList<>();
    List<Protection> changed = new ArrayList<>();
    AdmissionWatch.Told listener =
        new AdmissionWatch.Told() {
          @Override
          public void protection(Protection now) {
            told.add(now);
          }

          @Override
          public void changed(Protection now) {
            changed.add(now);
          }

          @Override
          public void rewriters(List<String> now) {
            throw new AssertionError("nobody else rewrites requests, but " + now);
          }
        };
    Rewriters rewriters = new Rewriters(operator, Identity.of(operator));
    try (AdmissionWatch watch = new AdmissionWatch(canary, rewriters, listener)) {
      watch.look();
      watch.look();
      assertThat(told).isEmpty();
      assertThat(watch.isProtected()).isTrue();

      must(cluster.kubectl("admin", "delete", BINDING, VOTES));
      watch.look();
      watch.look();
      assertThat(told).hasSize(1).allMatch(p -> p.problem().isPresent());
      assertThat(watch.isProtected()).isFalse();

      restore();
      watch.look();
      assertThat(told).hasSize(2);
      assertThat(told.get(1).problem()).isEmpty();
      assertThat(watch.rewriters()).isZero();

      must(cluster.kubectl("admin", "patch", BINDING, VOTES, "--type=merge", "-p", AUDITED));
      must(cluster.kubectl("admin", "patch", BINDING, VOTES, "--type=merge", "-p", DENIED));
      // It comes into force a moment later.
      await().atMost(Patience.LIMIT).until(() -> canary.check().problem().isEmpty());
      watch.look();
      assertThat(told).hasSize(2);
      assertThat(changed).as("between two looks").hasSize(1);
    }
  }

  private static String problem() {
    return canary.check().problem().orElse("nothing was noticed");
  }

  private static void must(Result result) {
    assertThat(result.exit()).as(result.text()).isZero();
  }
}
