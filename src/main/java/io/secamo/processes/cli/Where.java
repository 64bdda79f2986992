package io.secamo.processes.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which cluster and namespace, the same as kubectl's. */
final class Where {
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

  /** Opens the cluster; nothing of the client is loaded before. */
  Cluster open() {
    return Cluster.open(
        Optional.ofNullable(kubeconfig),
        Optional.ofNullable(context),
        Optional.ofNullable(namespace),
        Optional.ofNullable(as),
        groups);
  }
}
