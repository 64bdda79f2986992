package io.secamo.processes.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.secamo.processes.systems.Patience;
import io.secamo.processes.systems.Script.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A GitOps tool as far as it matters here: it applies what Git has, again and again, as its service
 * account. Flux (kustomize-controller, pkg/ssa) first takes over the fields of managers whose name
 * begins with kubectl and forces conflicts; with force it deletes and re-creates what the API
 * server calls invalid.
 */
final class Reapplier {
  /** The tools and their ways. */
  enum Tool {
    FLUX,
    FLUX_WITH_FORCE,
    ARGO_CD,
    ARGO_CD_SERVER_SIDE,
    ARGO_CD_REPLACE,
    KUBECTL,
    KUBECTL_SERVER_SIDE
  }

  static final String ACCOUNT = "system:serviceaccount:team-a:gitops-tool";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FLUX_LABEL = "kustomize.toolkit.fluxcd.io/name: apps";

  private final Cast cast;
  private final Tool tool;
  private final String name;

  Reapplier(Cast cast, Tool tool, String name) {
    this.cast = cast;
    this.tool = tool;
    this.name = name;
  }

  static void grant(Cast cast) {
    cast.adminApplies(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: gitops-tool}
        rules:
        - apiGroups: [processes.secamo.io]
          resources: [firewallchangerequests]
          verbs: [get, list, watch, create, update, patch, delete]
        # By name: that somebody may do everything is no proof that they may submit for people.
        - {apiGroups: [processes.secamo.io], resources: [requests], verbs: [submit-on-behalf]}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: gitops-tool}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: gitops-tool}
        subjects: [{kind: ServiceAccount, name: gitops-tool, namespace: team-a}]
        """);
  }

  /** What Git has: the request and who asked, nothing that was said on the cluster. */
  private String git() {
    String labels =
        switch (tool) {
          case FLUX, FLUX_WITH_FORCE -> "\n  labels: {" + FLUX_LABEL + "}";
          default -> "";
        };
    return Cast.request("sandbox", name)
        .replace(
            "name: " + name + "\n",
            "name: "
                + name
                + labels
                + "\n  annotations: {processes.secamo.io/requested-by: alice}\n");
  }

  /**
   * Applies what Git has; it must not fail. A tool that was overtaken by a write of the operator,
   * between its look and its own write, comes again: that is no answer about the request.
   */
  void sync() {
    Result result = await().atMost(Patience.LIMIT).until(this::syncOnce, once -> !overtaken(once));
    assertThat(result.exit()).as("sync by " + tool + ": " + result.text()).isZero();
  }

  private static boolean overtaken(Result once) {
    return once.exit() != 0 && once.text().contains("the object has been modified");
  }

  private Result syncOnce() {
    return switch (tool) {
      case FLUX, FLUX_WITH_FORCE -> flux();
      case ARGO_CD -> run(git(), "apply", "-f", "-");
      case ARGO_CD_SERVER_SIDE ->
          run(
              git(),
              "apply",
              "--server-side",
              "--force-conflicts",
              "--field-manager=argocd-controller",
              "-f",
              "-");
      case ARGO_CD_REPLACE ->
          cast.get(name) == null
              ? run(git(), "create", "-f", "-")
              : run(git(), "replace", "-f", "-");
      case KUBECTL -> run(git(), "apply", "-f", "-");
      case KUBECTL_SERVER_SIDE ->
          run(git(), "apply", "--server-side", "--force-conflicts", "-f", "-");
    };
  }

  private Result flux() {
    if (cast.get(name) != null && !merges()) {
      Result taken = takeOver();
      if (taken.exit() != 0) {
        return taken;
      }
    }
    Result applied =
        run(
            git(),
            "apply",
            "--server-side",
            "--force-conflicts",
            "--field-manager=kustomize-controller",
            "-f",
            "-");
    if (applied.exit() != 0
        && applied.text().contains("is invalid")
        && tool == Tool.FLUX_WITH_FORCE) {
      run("", "delete", "fcr", name);
      return run(git(), "create", "-f", "-");
    }
    return applied;
  }

  /** Flux leaves the fields of others alone where the live object asks for that. */
  private boolean merges() {
    return "Merge"
        .equals(
            cast.get(name).getMetadata().getAnnotations().get("kustomize.toolkit.fluxcd.io/ssa"));
  }

  /** What pkg/ssa does before it applies: the fields of kubectl's managers become its own. */
  private Result takeOver() {
    JsonNode live = json(run("", "get", "fcr", name, "-o", "json", "--show-managed-fields").out());
    ArrayNode entries = (ArrayNode) live.at("/metadata/managedFields");
    ArrayNode kept = JSON.createArrayNode();
    ObjectNode own = null;
    for (JsonNode entry : entries) {
      if (entry.path("manager").asText().equals("kustomize-controller")
          && entry.path("operation").asText().equals("Apply")) {
        own = (ObjectNode) entry;
        kept.add(own);
      }
    }
    for (JsonNode entry : entries) {
      boolean kubectls =
          entry.path("manager").asText().startsWith("kubectl") && !entry.has("subresource");
      if (kubectls && own != null) {
        merge((ObjectNode) own.get("fieldsV1"), (ObjectNode) entry.get("fieldsV1"));
      } else if (entry != own) {
        kept.add(entry);
      }
    }
    ArrayNode patch = JSON.createArrayNode();
    patch
        .addObject()
        .put("op", "replace")
        .put("path", "/metadata/managedFields")
        .set("value", kept);
    patch
        .addObject()
        .put("op", "replace")
        .put("path", "/metadata/resourceVersion")
        .put("value", live.at("/metadata/resourceVersion").asText());
    return run("", "patch", "fcr", name, "--type=json", "-p", patch.toString());
  }

  private static void merge(ObjectNode into, ObjectNode from) {
    for (var field : List.copyOf(from.properties())) {
      if (into.get(field.getKey()) instanceof ObjectNode a
          && field.getValue() instanceof ObjectNode b) {
        merge(a, b);
      } else {
        into.set(field.getKey(), field.getValue());
      }
    }
  }

  private Result run(String input, String... command) {
    String[] all = new String[command.length + 4];
    all[0] = "--as";
    all[1] = ACCOUNT;
    all[2] = "--as-group";
    all[3] = "system:serviceaccounts";
    System.arraycopy(command, 0, all, 4, command.length);
    return cast.asWith("admin", input, all);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
