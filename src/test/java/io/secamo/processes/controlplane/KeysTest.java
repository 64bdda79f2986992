package io.secamo.processes.controlplane;

import static io.secamo.processes.controlplane.Submitted.DIGEST;
import static io.secamo.processes.controlplane.Submitted.accepted;
import static io.secamo.processes.controlplane.Submitted.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import io.secamo.processes.systems.Script.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever misspells what people say about a request is told so, and nobody else is stopped. */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class KeysTest extends OneRequest {
  private static final String KNOWN =
      ": there are approve, reject, resolve, resolved-by, requested-at, requested-by, submitted-by,"
          + " suspend-by, held and withdrawn-by of processes.secamo.io/, and approve., reject. and"
          + " override.processes.secamo.io/<gate>.<any>; spec.suspend holds a request,"
          + " spec.withdrawn takes it back";
  private static final String FLUX = "system:serviceaccount:flux-system:kustomize-controller";

  KeysTest() {
    super("keys");
  }

  @BeforeEach
  void itWaitsForVotes() {
    web.in("AwaitingApproval");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "processes.secamo.io/aprove",
        "processes.secamo.io/Approve",
        "processes.secamo.io/suspend",
        "processes.secamo.io/withdrawn",
        "processes.secamo.io/duties",
        "processes.secamo.io/resolve-by",
        "process.secamo.io/approve",
        "orchestrator.secamo.io/approve",
        "aprove.processes.secamo.io/security.1",
        "approved.processes.secamo.io/security.1",
        "resolve.processes.secamo.io/x",
        "approve.orchestrator.secamo.io/security.1"
      })
  void aMisspeltAnnotationIsRefusedWithThoseThereAre(String key) {
    refused(web.annotate("approver", key + "=" + DIGEST), "unknown annotation " + key + KNOWN);
  }

  @Test
  void aNewRequestCarriesNoMisspeltAnnotationEither() {
    refused(
        new Submitted(cluster, operator, "keys-new")
            .submittedBy("requester", "engineers", "processes.secamo.io/request-by: requester"),
        "unknown annotation processes.secamo.io/request-by");
  }

  @Test
  void whoLabelsInsteadOfAnnotatingIsToldSo() {
    refused(
        label("fcr", name, "processes.secamo.io/approve=yes"),
        "no label of a request begins with processes.secamo.io/ or orchestrator.secamo.io/: votes"
            + " and answers are annotations");
  }

  @Test
  void whatIsNotOursIsNoBusinessOfOurs() {
    accepted(
        web.annotate(
            "requester",
            "billing.secamo.io/approve=x",
            "secamo.io/note=x",
            "myprocesses.secamo.io/x=y",
            "example.org/processes.secamo.io=x"));
    accepted(label("fcr", name, "app.kubernetes.io/part-of=shop"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"connection", "approvalpolicy", "changewindow", "approvaldelegation"})
  void whatConfiguresRequestsCarriesNoneOfTheirAnnotations(String kind) {
    String yaml = configuration(kind);
    String sentence = "no annotation or label here begins with processes.secamo.io/";
    for (String field : List.of("annotations", "labels")) {
      for (String key : List.of("processes.secamo.io/approve", "orchestrator.secamo.io/x")) {
        refused(apply(yaml.replace("EXTRA", field + ": {" + key + ": x}")), sentence);
      }
    }
    accepted(apply(yaml.replace("EXTRA", "annotations: {example.org/note: x}")));
  }

  @Test
  void whatWasStoredBeforeCanStillBeEditedVotedOnAndRemoved() {
    web.stored(
        "\"processes.secamo.io/aprove\":\"x\",\"aprove.processes.secamo.io/security.1\":\"y\"");

    accepted(web.annotate("requester", "--overwrite", "processes.secamo.io/aprove=z"));
    accepted(web.annotate("approver", "processes.secamo.io/approve=" + DIGEST));
    accepted(web.annotate("requester", "processes.secamo.io/requested-at=now"));
    accepted(web.as(FLUX, "system:masters", "annotate", "fcr", name, "example.org/synced=x"));
    refused(
        web.annotate("requester", "processes.secamo.io/aproove=x"),
        "unknown annotation processes.secamo.io/aproove");
    accepted(web.annotate("requester", "processes.secamo.io/aprove-"));
    refused(
        web.annotate("requester", "processes.secamo.io/aprove=x"),
        "unknown annotation processes.secamo.io/aprove");
  }

  /** Neither the operator nor what Kubernetes does by itself is ever stopped by it. */
  @Test
  void whatIsOwedIsNotStopped() {
    web.stored("\"processes.secamo.io/of-the-next-version\":\"x\"");

    for (String one : List.of("generic-garbage-collector", "namespace-controller")) {
      accepted(
          web.as(
              "system:serviceaccount:kube-system:" + one,
              "system:masters",
              "annotate",
              "--overwrite",
              "fcr",
              name,
              "processes.secamo.io/" + one + "=x"));
    }
    assertThat(web.annotations()).containsKey("processes.secamo.io/of-the-next-version");
  }

  /** The expressions stay within what the API server spends on them. */
  @Test
  void veryManyAnnotationsAreJudgedInTime() {
    web.stored(keys(3000, "example.org/n"));

    accepted(web.annotate("approver", "processes.secamo.io/approve=" + DIGEST));
    refused(
        web.annotate("requester", "processes.secamo.io/aprove=x"), "unknown annotation: there are");
    assertThat(apply(many(3000, "processes.secamo.io/n")).exit()).isNotZero();
    refused(
        apply(configuration("connection").replace("EXTRA", "annotations: {" + ours(3000) + "}")),
        "no annotation or label here begins with");
  }

  /** Whoever may edit a Connection filled it with whatever an object can hold. */
  @ParameterizedTest
  @ValueSource(strings = {"connection", "approvalpolicy", "changewindow", "approvaldelegation"})
  void nobodyFillsWhatConfiguresRequests(String kind) {
    String fill = "annotations: {example.org/n: '" + "x".repeat(131_072) + "'}";
    refused(
        apply(configuration(kind).replace("EXTRA", fill)),
        "annotations hold at most 131,072 bytes together");
    accepted(apply(configuration(kind).replace("EXTRA", fill.replace("xxxxxxxxxxxxx'", "'"))));
  }

  /** Also what an earlier version took is judged within what the API server spends on that. */
  @Test
  void whatIsFullAlreadyCanStillBeEditedAndEmptied() {
    String yaml = configuration("connection").replace("keys, EXTRA", "filled");
    accepted(cluster.kubectlWith("admin", yaml, "-n", "team-a", "create", "-f", "-"));
    String fill = "<".repeat(20_000) + "x".repeat(80_000);
    accepted(filled("annotate", "example.org/a=" + fill, "example.org/b=" + fill));
    accepted(filled("label", words(2000, "example.org/n%d=x")));
    accepted(filled("annotate", words(2000, "example.org/n%d=x")));

    accepted(label("connection", "filled", "--overwrite", "example.org/n7=y"));
    refused(label("connection", "filled", "example.org/one-more=y"), "at most 32 labels");
    accepted(label("connection", "filled", "example.org/n7-"));
    accepted(cluster.kubectl("admin", "-n", "team-a", "delete", "connection", "filled"));
  }

  private Result filled(String verb, String... words) {
    List<String> all = new ArrayList<>(List.of(verb, "connection", "filled"));
    all.addAll(List.of(words));
    return web.as(
        "system:serviceaccount:kube-system:generic-garbage-collector",
        "system:masters",
        all.toArray(String[]::new));
  }

  private static String[] words(int count, String form) {
    return IntStream.range(0, count).mapToObj(form::formatted).toArray(String[]::new);
  }

  private static String ours(int count) {
    return keys(count, "processes.secamo.io/n");
  }

  private static String keys(int count, String prefix) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"" + prefix + i + "\": \"x\"")
        .collect(Collectors.joining(", "));
  }

  private static String many(int count, String prefix) {
    return Submitted.yaml("keys-many", keys(count, prefix));
  }

  private static Result label(String kind, String name, String... label) {
    List<String> all = new ArrayList<>(List.of("-n", "team-a", "label", kind, name));
    all.addAll(List.of(label));
    return cluster.kubectl("admin", all.toArray(String[]::new));
  }

  private static Result apply(String yaml) {
    return cluster.kubectlWith(
        "admin", yaml, "-n", "team-a", "create", "--dry-run=server", "-f", "-");
  }

  private static String configuration(String kind) {
    String spec =
        switch (kind) {
          case "connection" -> "Connection|{type: Sandbox, sandbox: {securityGroups: [web]}}";
          case "approvalpolicy" ->
              "ApprovalPolicy|{rules: [{name: all, gates: [{name: security, required: 1}]}]}";
          case "changewindow" ->
              "ChangeWindow|{type: Freeze, timeZone: UTC, start: \"2027-01-01T00:00:00\", duration:"
                  + " 1h, reason: Inventory}";
          default ->
              "ApprovalDelegation|{gate: security, by: admin, to: deputy,"
                  + " until: \""
                  + Submitted.inThirtyDays()
                  + "\", reason: On leave}";
        };
    String[] parts = spec.split("\\|");
    return """
    apiVersion: orchestrator.secamo.io/v1alpha1
    kind: %s
    metadata: {name: keys, EXTRA}
    spec: %s
    """
        .formatted(parts[0], parts[1]);
  }
}
