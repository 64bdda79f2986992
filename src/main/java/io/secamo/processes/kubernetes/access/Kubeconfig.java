package io.secamo.processes.kubernetes.access;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The kubeconfig files that somebody named. The client library (fabric8 7.8.0, {@code
 * Config.autoConfigure} and {@code KubeConfigUtils.merge}) goes elsewhere when it does not find
 * what it is told: for an unknown context to the current one, for a missing file to the next one or
 * to the cluster it runs in, for a missing cluster to {@code kubernetes.default.svc}; and variables
 * such as {@code KUBERNETES_MASTER} win over all of that. Whoever withdraws a request means one
 * cluster and no other.
 */
public final class Kubeconfig {
  private static final String VARIABLE = "KUBECONFIG";
  private static final String NOT = " that is not there, or has no server,";
  private static final int MOST_NAMES = 10;

  private final List<Path> files;
  private final List<Config> contents;
  private final Map<String, Context> contexts = new LinkedHashMap<>();
  private final Map<String, Cluster> clusters = new LinkedHashMap<>();
  private final Map<String, AuthInfo> users = new LinkedHashMap<>();

  private Kubeconfig(String source, List<Path> files) {
    this.files = files;
    this.contents = files.stream().map(file -> parsed(source, file)).toList();
    // Of two entries of one name the first file's counts, as for kubectl and the library.
    for (Config content : contents.reversed()) {
      some(content.getContexts()).forEach(c -> put(contexts, c.getName(), c.getContext()));
      some(content.getClusters()).forEach(c -> put(clusters, c.getName(), c.getCluster()));
      some(content.getUsers()).forEach(u -> put(users, u.getName(), u.getUser()));
    }
  }

  /**
   * One file.
   *
   * @param source what names it, for people: an option
   * @throws UnknownCluster if it cannot be read
   */
  public static Kubeconfig of(String source, Path file) {
    return new Kubeconfig(source, List.of(file));
  }

  /**
   * The files that the environment names, if it names any.
   *
   * @throws UnknownCluster if one of them cannot be read: what it says may be what was meant
   */
  public static Optional<Kubeconfig> named(Map<String, String> environment) {
    List<Path> named =
        Stream.of(environment.getOrDefault(VARIABLE, "").split(File.pathSeparator))
            .filter(file -> !file.isBlank())
            .map(Path::of)
            .toList();
    return named.isEmpty() ? Optional.empty() : Optional.of(new Kubeconfig(VARIABLE, named));
  }

  /**
   * The files that the environment names, or else the one in the home folder.
   *
   * @throws UnknownCluster if there is none, or one of them cannot be read
   */
  public static Kubeconfig inUse(Map<String, String> environment) {
    return named(environment)
        .orElseGet(
            () -> {
              String home = environment.getOrDefault("HOME", "");
              Path file = Path.of(home, ".kube", "config");
              if (home.isEmpty() || !Files.exists(file)) {
                throw new UnknownCluster(
                    "there is no kubeconfig file: name one with --kubeconfig or " + VARIABLE);
              }
              return of("HOME", file);
            });
  }

  /**
   * The cluster of a context.
   *
   * @param context its name; empty: the current one
   * @throws UnknownCluster if there is no such context, or it does not lead to a cluster
   */
  public ChosenCluster choose(Optional<String> context) {
    String name = context.orElseGet(this::current);
    Context chosen = contexts.get(name);
    if (chosen == null) {
      throw new UnknownCluster("there is no context " + name + there(contexts));
    }
    Cluster cluster = clusters.get(Objects.requireNonNullElse(chosen.getCluster(), ""));
    if (cluster == null || empty(cluster.getServer())) {
      throw new UnknownCluster(
          "context " + name + " names a cluster " + chosen.getCluster() + NOT + there(clusters));
    }
    AuthInfo user = users.get(Objects.requireNonNullElse(chosen.getUser(), ""));
    if (user == null && !empty(chosen.getUser())) {
      throw new UnknownCluster(
          "context "
              + name
              + " names a user "
              + chosen.getUser()
              + " who is not there"
              + there(users));
    }
    io.fabric8.kubernetes.client.Config config = io.fabric8.kubernetes.client.Config.empty();
    try {
      KubeConfigUtils.merge(config, name, contents.toArray(Config[]::new));
    } catch (KubernetesClientException e) {
      throw new UnknownCluster("context " + name + " gives no credentials: " + e.getMessage());
    }
    if (user != null) {
      impersonate(config, user);
    }
    throughProxies(config);
    return new ChosenCluster(config, chosen.getCluster(), name);
  }

  /** As kubectl finds it: what the first file says that says one. */
  private String current() {
    return contents.stream()
        .map(Config::getCurrentContext)
        .filter(name -> !empty(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UnknownCluster(
                    "no context is the current one"
                        + there(contexts)
                        + "; kubectl config use-context chooses one"));
  }

  /** What the library leaves out: without it whoever acts for somebody acts as themselves. */
  private static void impersonate(io.fabric8.kubernetes.client.Config config, AuthInfo user) {
    if (!empty(user.getAs())) {
      config.setImpersonateUsername(user.getAs());
      config.setImpersonateGroups(some(user.getAsGroups()).toArray(String[]::new));
    }
  }

  /** The environment may say how the cluster is reached, not which one it is. */
  private static void throughProxies(io.fabric8.kubernetes.client.Config config) {
    var environment = io.fabric8.kubernetes.client.Config.empty();
    io.fabric8.kubernetes.client.Config.configFromSysPropsOrEnvVars(environment);
    if (empty(config.getHttpProxy()) && empty(config.getHttpsProxy())) {
      config.setHttpProxy(environment.getHttpProxy());
      config.setHttpsProxy(environment.getHttpsProxy());
    }
    config.setNoProxy(environment.getNoProxy());
    config.setProxyUsername(environment.getProxyUsername());
    config.setProxyPassword(environment.getProxyPassword());
  }

  private static Config parsed(String source, Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new UnknownCluster(
          source + " names " + file + ", which cannot be read: name a kubeconfig file");
    }
    try {
      return KubeConfigUtils.parseConfig(file.toFile());
    } catch (RuntimeException notOne) {
      throw new UnknownCluster(source + " names " + file + ", which is no kubeconfig file");
    }
  }

  /** Where was looked, and what is there. */
  private String there(Map<String, ?> all) {
    String where = files.stream().map(Path::toString).collect(Collectors.joining(" and "));
    String names =
        all.keySet().stream().sorted().limit(MOST_NAMES).collect(Collectors.joining(", "));
    int more = all.size() - MOST_NAMES;
    return " in "
        + where
        + (all.isEmpty() ? ": there is none" : ": there are " + names)
        + (more > 0 ? " and " + more + " more" : "");
  }

  private static <T> void put(Map<String, T> all, @Nullable String name, @Nullable T entry) {
    if (name != null && entry != null) {
      all.put(name, entry);
    }
  }

  private static <T> List<T> some(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  private static boolean empty(@Nullable String text) {
    return text == null || text.isEmpty();
  }
}
