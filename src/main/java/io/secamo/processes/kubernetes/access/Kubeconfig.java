package io.secamo.processes.kubernetes.access;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  private static final Pattern LINE = Pattern.compile("\\bline:? (\\d+)");

  private final String where;
  private final Map<String, String> environment;
  private final List<Config> contents;
  private final Map<String, Context> contexts = new LinkedHashMap<>();
  private final Map<String, Entry<Cluster>> clusters = new LinkedHashMap<>();
  private final Map<String, Entry<AuthInfo>> users = new LinkedHashMap<>();

  private Kubeconfig(
      String source, List<Path> files, List<Path> missing, Map<String, String> environment) {
    this.where =
        " in " + listed(files) + (missing.isEmpty() ? "" : " (not there: " + listed(missing) + ")");
    this.environment = environment;
    this.contents = files.stream().map(file -> parsed(source, file)).toList();
    // Of two entries of one name the first file's counts, as for kubectl and the library.
    for (int i = files.size() - 1; i >= 0; i--) {
      Config content = contents.get(i);
      Path file = files.get(i);
      some(content.getContexts()).forEach(c -> put(contexts, c.getName(), c.getContext()));
      some(content.getClusters())
          .forEach(
              c -> put(clusters, c.getName(), entry("cluster", c.getName(), c.getCluster(), file)));
      some(content.getUsers())
          .forEach(u -> put(users, u.getName(), entry("user", u.getName(), u.getUser(), file)));
    }
  }

  private static <T> @Nullable Entry<T> entry(
      String kind, String name, @Nullable T value, Path file) {
    return value == null ? null : new Entry<>(kind, name, value, file);
  }

  /**
   * One file.
   *
   * @param source what names it, for people: an option
   * @param environment of the process: it may name a proxy
   * @throws UnknownCluster if it cannot be read
   */
  public static Kubeconfig of(String source, Path file, Map<String, String> environment) {
    return new Kubeconfig(source, List.of(file), List.of(), environment);
  }

  /**
   * The files that the environment names, if it names any.
   *
   * @throws UnknownCluster if one of them cannot be read: what it says may be what was meant, and
   *     who works on the wrong cluster without a person notices nothing
   */
  public static Optional<Kubeconfig> named(Map<String, String> environment) {
    List<Path> named = paths(environment);
    return named.isEmpty()
        ? Optional.empty()
        : Optional.of(new Kubeconfig(VARIABLE, named, List.of(), environment));
  }

  private static List<Path> paths(Map<String, String> environment) {
    return Stream.of(environment.getOrDefault(VARIABLE, "").split(File.pathSeparator))
        .filter(file -> !file.isBlank())
        .map(Path::of)
        .toList();
  }

  /**
   * The files that the environment names, or else the one in the home folder: those that kubectl
   * would use. Of several, those that are not there say nothing.
   *
   * @throws UnknownCluster if there is none, or one of them cannot be read
   */
  public static Kubeconfig inUse(Map<String, String> environment) {
    List<Path> named = paths(environment);
    if (!named.isEmpty()) {
      List<Path> there = named.stream().filter(Files::exists).toList();
      List<Path> missing = named.stream().filter(Predicate.not(Files::exists)).toList();
      return there.isEmpty()
          ? new Kubeconfig(VARIABLE, named, List.of(), environment)
          : new Kubeconfig(VARIABLE, there, missing, environment);
    }
    String home = environment.getOrDefault("HOME", "");
    Path file = Path.of(home, ".kube", "config");
    if (home.isEmpty() || !Files.exists(file)) {
      throw new UnknownCluster(
          "there is no kubeconfig file: name one with --kubeconfig or " + VARIABLE);
    }
    return of("HOME", file, environment);
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
    Entry<Cluster> cluster = clusters.get(Objects.requireNonNullElse(chosen.getCluster(), ""));
    if (cluster == null || empty(cluster.value().getServer())) {
      throw new UnknownCluster(
          "context " + name + " names a cluster " + chosen.getCluster() + NOT + there(clusters));
    }
    Entry<AuthInfo> user = users.get(Objects.requireNonNullElse(chosen.getUser(), ""));
    if (user == null && !empty(chosen.getUser())) {
      throw new UnknownCluster(
          "context "
              + name
              + " names a user "
              + chosen.getUser()
              + " who is not there"
              + there(users));
    }
    return new Reaching(name, cluster, Optional.ofNullable(user), new Proxies(environment))
        .by(contents);
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

  private static Config parsed(String source, Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new UnknownCluster(
          source + " names " + file + ", which cannot be read: name a kubeconfig file");
    }
    try {
      return KubeConfigUtils.parseConfig(file.toFile());
    } catch (RuntimeException notOne) {
      throw new UnknownCluster(
          source + " names " + file + ", which is no kubeconfig file" + line(notOne));
    }
  }

  /** Where it stops being one, if somebody knows. Nothing of its text: it holds secrets. */
  private static String line(@Nullable Throwable why) {
    for (Throwable cause = why; cause != null; cause = cause.getCause()) {
      Matcher line = LINE.matcher(String.valueOf(cause.getMessage()));
      if (line.find()) {
        return ": look at line " + line.group(1);
      }
    }
    return ": kubectl config view shows what one looks like";
  }

  private static String listed(List<Path> files) {
    return files.stream().map(Path::toString).collect(Collectors.joining(" and "));
  }

  /** Where was looked, and what is there. */
  private String there(Map<String, ?> all) {
    String names =
        all.keySet().stream().sorted().limit(MOST_NAMES).collect(Collectors.joining(", "));
    int more = all.size() - MOST_NAMES;
    return where
        + (all.isEmpty()
            ? ": there is none"
            : (all.size() == 1 ? ": there is " : ": there are ") + names)
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
