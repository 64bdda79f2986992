package io.secamo.processes.cli.cluster;

import io.secamo.processes.kubernetes.access.ChosenCluster;
import io.secamo.processes.kubernetes.access.Kubeconfig;
import io.secamo.processes.kubernetes.access.UnknownCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which cluster and namespace, the same as kubectl's. */
public final class Where {
  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "Namespace of the request. Default: that of the context.")
  private @Nullable String namespace;

  @Option(
      names = "--context",
      paramLabel = "CONTEXT",
      description = "Context of the kubeconfig file. Default: the current one.")
  private @Nullable String context;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "Kubeconfig file. Default: $KUBECONFIG, then ~/.kube/config.")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--as",
      paramLabel = "USER",
      description = "Act as another user, if you may impersonate them.")
  private @Nullable String as;

  @Option(
      names = "--as-group",
      paramLabel = "GROUP",
      description = "Group of that user; may be given several times.")
  private List<String> groups = List.of();

  /**
   * Opens the cluster that is meant; nothing of the client is loaded before. An option without a
   * value is no option that was left out: a script whose variable is not set means something else.
   */
  public Cluster open() {
    Optional<String> user = given("--as", as);
    groups.forEach(group -> given("--as-group", group));
    if (user.isEmpty() && !groups.isEmpty()) {
      throw Refusal.misuse("--as-group goes with --as: name the user as well");
    }
    Optional<String> space = given("--namespace", namespace);
    try {
      return Cluster.open(cluster(), space, user, groups);
    } catch (UnknownCluster unknown) {
      throw new Refusal(String.valueOf(unknown.getMessage()));
    }
  }

  /** Whether a namespace was named, and not left to the context. */
  public boolean namesNamespace() {
    return namespace != null;
  }

  private ChosenCluster cluster() {
    String file = kubeconfig == null ? null : kubeconfig.toString();
    return given("--kubeconfig", file)
        .map(named -> Kubeconfig.of("--kubeconfig", Path.of(named), System.getenv()))
        .orElseGet(() -> Kubeconfig.inUse(System.getenv()))
        .choose(given("--context", context));
  }

  private static Optional<String> given(String option, @Nullable String value) {
    if (value != null && value.isBlank()) {
      throw Refusal.misuse(option + " is empty: name one, or leave the option out");
    }
    if (value != null && value.chars().anyMatch(Character::isISOControl)) {
      throw Refusal.misuse(option + " has a line break in it: name one in one line");
    }
    return Optional.ofNullable(value);
  }
}
