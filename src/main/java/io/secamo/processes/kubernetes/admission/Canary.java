package io.secamo.processes.kubernetes.admission;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.Groups;
import io.secamo.processes.api.KindName;
import io.secamo.processes.approval.PlanDigest;
import io.secamo.processes.approval.PlanDigest.Part;
import io.secamo.processes.approval.Protection;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.kubernetes.kind.RequestKind;
import io.secamo.processes.kubernetes.kind.RequestKinds;
import io.secamo.processes.kubernetes.patch.Patches;
import io.secamo.processes.kubernetes.reading.SharedReads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tries whether a forged vote is refused, and whether the installed policies are those we ship.
 * Only both together say that votes are a proof: a weakened policy may still refuse the one forgery
 * we try, and an intact one may not have come into force.
 */
public final class Canary {
  private static final String VOTES = "ValidatingAdmissionPolicy 'votes.processes.secamo.io'";
  private static final String FORGED =
      "{\"metadata\":{\"annotations\":{\""
          + Annotations.APPROVE_PREFIX
          + "canary.canary\":"
          + "\"canary 0000000000000000 forged\"}}}";
  private static final String INSTALL = ": kubectl apply --server-side -k manifests/";

  /** An apply would leave what somebody added. */
  private static final String REPLACE = ": kubectl replace -k manifests/policies";

  private final KubernetesClient client;
  private final RequestKinds kinds;
  private final ShippedPolicies shipped;
  private final Installed installed;
  private final Patches patches;
  private final AtomicReference<@Nullable Judged> last = new AtomicReference<>();
  private final SharedReads<Installed.Snapshot> comparisons = new SharedReads<>();
  private final SharedReads<Optional<Protection>> forgeries = new SharedReads<>();
  private final String operator;
  private final String namespace;

  /** A canary of the operator as which the client is logged in, for the kinds that it serves. */
  public Canary(KubernetesClient client, Identity operator, RequestKinds kinds) {
    this.client = client;
    this.kinds = kinds;
    this.installed = new Installed(client, kinds);
    this.patches = new Patches(client);
    this.shipped = ShippedPolicies.of(operator.name());
    this.operator = operator.name();
    this.namespace = operator.namespace();
  }

  /**
   * Whether votes on the requests of a kind in a namespace are a proof now. It is tried on this
   * request, or on another one of them that asks in the same moment.
   *
   * @throws ConnectorFailure.Transient if it cannot be found out, also because the request is gone;
   *     nothing may happen then either
   */
  public Protection check(KindName kind, String requestNamespace, String name) {
    Supplier<Optional<Protection>> attempt = () -> tried(kind, requestNamespace, name);
    return forgeries
        .read(kind + " " + requestNamespace, attempt)
        // If the other one is gone, nothing was tried.
        .or(attempt)
        .orElseThrow(() -> notThere(kind + " " + requestNamespace + "/" + name, null));
  }

  /** Empty if the request is gone, so that nothing could be tried on it. */
  private Optional<Protection> tried(KindName kind, String requestNamespace, String name) {
    var target = new Patches.Target<>(kinds.of(kind).type(), requestNamespace, name, "", true);
    try {
      return Optional.of(protection(() -> letIn(() -> patches.send(target, FORGED))));
    } catch (NothingThere gone) {
      return Optional.empty();
    }
  }

  private static ConnectorFailure.Transient notThere(String what, @Nullable Exception answer) {
    return new ConnectorFailure.Transient(
        "whether a forged vote is refused could not be tried: there is no " + what, answer);
  }

  /**
   * Whether votes are a proof now, tried without any request, once for each kind.
   *
   * @throws ConnectorFailure.Transient if it cannot be found out
   */
  public Protection check() {
    try {
      return protection(
          () ->
              kinds.all().stream().flatMap(kind -> letIn(() -> create(kind)).stream()).findFirst());
    } catch (NothingThere gone) {
      throw notThere("namespace " + namespace, gone);
    }
  }

  /**
   * What is wrong if the installed policies take somebody else for the operator: they would refuse
   * each of its writes. Empty if they take this one, or if that cannot be told now.
   */
  public Optional<String> another() {
    try {
      return ShippedPolicies.forAnother(operator, installed.now().objects())
          ? Optional.of(ShippedPolicies.another(operator))
          : Optional.empty();
    } catch (KubernetesClientException e) {
      // It is judged again before every effect: then nothing happens until it can be told.
      return Optional.empty();
    }
  }

  private void create(RequestKind<?, ?> kind) {
    GenericKubernetesResource forged =
        client.getKubernetesSerialization().unmarshal(FORGED, GenericKubernetesResource.class);
    forged.setApiVersion(Groups.PROCESSES + "/" + Groups.VERSION);
    forged.setKind(kind.name().value());
    forged.getMetadata().setGenerateName("canary-");
    forged.setAdditionalProperty("spec", kind.sample());
    GenericKubernetesResource unused =
        client.resource(forged).inNamespace(namespace).dryRun().create();
  }

  private Protection protection(Supplier<Optional<String>> forgery) {
    try {
      Judged judged = judged(comparisons.read("installed", installed::now));
      Optional<String> problem =
          judged.problem().or(judged::defined).or(() -> forgery.get().map(p -> p + INSTALL));
      return new Protection(problem, judged.epoch());
    } catch (KubernetesClientException e) {
      throw new ConnectorFailure.Transient("the admission policies could not be checked", e);
    }
  }

  /** There was nothing on which a forgery could be tried. */
  private static final class NothingThere extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NothingThere(KubernetesClientException answer) {
      super(answer);
    }
  }

  /** What was found about one state of the installation, so that it is compared only once. */
  private record Judged(
      Installed.Snapshot of, Optional<String> problem, Optional<String> defined, String epoch) {}

  private Judged judged(Installed.Snapshot now) {
    Judged before = last.get();
    if (before != null && before.of().versions().equals(now.versions())) {
      return before;
    }
    Optional<String> problem =
        shipped
            .missing(now.objects())
            .map(p -> p + INSTALL)
            .or(() -> shipped.leaving(now.objects()))
            .or(() -> shipped.difference(now.objects()).map(p -> differs(now, p)));
    Judged judged = new Judged(now, problem, now.definitions().problem(), epoch(now));
    last.set(judged);
    return judged;
  }

  private String differs(Installed.Snapshot now, String problem) {
    return ShippedPolicies.forAnother(operator, now.objects())
        ? ShippedPolicies.another(operator)
        : problem + REPLACE;
  }

  /** Why a forged vote was not refused by our policy; empty if it was. */
  private static Optional<String> letIn(Runnable forgery) {
    try {
      forgery.run();
      return Optional.of("a forged vote was not refused: the vote policy is not in force");
    } catch (KubernetesClientException e) {
      String answer = String.valueOf(e.getMessage());
      if (answer.contains(VOTES)) {
        return Optional.empty();
      }
      if (e.getCode() == 404) {
        throw new NothingThere(e);
      }
      if (e.getCode() == 403 || e.getCode() == 422) {
        return Optional.of("whether a forged vote is refused could not be tried: " + answer);
      }
      throw e;
    }
  }

  /**
   * Another one as soon as a policy, a binding or a kind was changed, or taken away and put back.
   */
  private static String epoch(Installed.Snapshot installed) {
    List<String> lines = new ArrayList<>();
    new TreeMap<>(installed.objects())
        .forEach(
            (name, object) ->
                lines.add(
                    name
                        + " "
                        + object.getMetadata().getUid()
                        + "@"
                        + object.getMetadata().getGeneration()));
    lines.addAll(installed.definitions().revisions());
    return PlanDigest.of(List.of(new Part("admission", lines))).shortForm();
  }
}
