package io.secamo.processes.controlplane;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.secamo.processes.kubernetes.reading.Stored;
import io.secamo.processes.systems.Patience;
import io.secamo.processes.systems.Script;
import io.secamo.processes.systems.Script.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * The real kube-apiserver and etcd with our manifests and persons, one instance for all tests of a
 * JVM. Started by the same script that people use; stopped when the JVM ends.
 */
public final class ControlPlane {
  /**
   * For the clients of operators that are started by the hundred: most of the work of a new one is
   * to find out how the classes of Kubernetes look in JSON.
   */
  public static final KubernetesSerialization JSON = Stored.serialization();

  private final Path directory;
  private final List<String> options;
  private final List<String> start;

  private ControlPlane(String version, List<String> controllers, String... options) {
    directory =
        Path.of("target", "controlplane-" + version + "-" + ProcessHandle.current().pid())
            .toAbsolutePath();
    this.options = List.of(options);
    this.start =
        controllers.isEmpty()
            ? List.of("up")
            : List.of("up", "--controllers", String.join(",", controllers));
  }

  private ControlPlane started() {
    Running.must(command(start).aloud().run());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> script("down")));
    Running.must(command(List.of("install")).aloud().run());
    return this;
  }

  private static final class Oldest {
    private static final ControlPlane INSTANCE =
        new ControlPlane("1.30", List.of(), "--kubernetes", "1.30").started();
  }

  private static final class Running {
    private static final ControlPlane INSTANCE = new ControlPlane("newest", List.of()).started();

    private static void must(Result result) {
      if (result.exit() != 0) {
        throw new AssertionError(
            "the control plane could not be started: see 'dev/controlplane --help', or run"
                + " ./mvnw test, which does not need it\n"
                + result.text());
      }
    }
  }

  /** The instance of this JVM, started if need be. */
  public static ControlPlane running() {
    return Running.INSTANCE;
  }

  /** The oldest version of Kubernetes that is supported, started if need be. */
  public static ControlPlane oldest() {
    return Oldest.INSTANCE;
  }

  /**
   * A control plane of its own, for tests that take its policies apart.
   *
   * @param controllers those of kube-controller-manager that run; without "namespace" a deleted
   *     namespace never goes
   */
  public static ControlPlane apart(String name, String... controllers) {
    return new ControlPlane(name, List.of(controllers)).started();
  }

  /** Runs kubectl as a person and waits for its end. */
  public Result kubectl(String person, String... arguments) {
    return kubectlWith(person, "", arguments);
  }

  /** Runs kubectl as a person with text on its standard input. */
  public Result kubectlWith(String person, String input, String... arguments) {
    List<String> command = new ArrayList<>(List.of("kubectl", "--as-person", person));
    command.addAll(List.of(arguments));
    return command(command).given(input).run();
  }

  /**
   * Waits until the API server acts upon a right that was just given: it hears of it a bit later.
   * Asked by a review, for "kubectl auth can-i" answers no for what is no kind.
   *
   * @param resource with its group and perhaps a name, as in {@code approvalgates.example.com/one}
   */
  public void awaitRight(String who, String verb, String resource, String namespace) {
    String[] parts = resource.split("/", 2);
    String[] kind = parts[0].split("\\.", 2);
    String review =
        """
        {"apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview",
         "spec": {"user": "%s", "resourceAttributes": {"namespace": "%s", "verb": "%s",
           "group": "%s", "resource": "%s", "name": "%s"}}}
        """
            .formatted(who, namespace, verb, kind[1], kind[0], parts.length > 1 ? parts[1] : "");
    String[] ask = {"create", "-f", "-", "-o", "jsonpath={.status.allowed}"};
    Awaitility.await()
        .atMost(Patience.LIMIT)
        .until(() -> kubectlWith("admin", review, ask).out().equals("true"));
  }

  /** Runs shell commands in which kubectl is a person's own, plugin included, in a namespace. */
  public Result shell(String person, String namespace, String script) {
    String plugin =
        "[ \"$1\" != process ] || { shift; case $1 in uninstall) ;; *) set -- \"$@\" -n "
            + namespace
            + " ;; esac; bin/kubectl-process \"$@\" --kubeconfig "
            + kubeconfig(person)
            + "; return; }; ";
    String kubectl =
        "set -eo pipefail; kubectl() { case \"$1 $2\" in 'process verify') shift;"
            + " bin/kubectl-process \"$@\"; return ;; esac; "
            + plugin
            + "dev/controlplane --dir "
            + directory
            + " kubectl --as-person "
            + person
            + " -n "
            + namespace
            + " \"$@\"; }\n";
    return Script.of(List.of("bash", "-c", kubectl + script)).run();
  }

  /** The file with a person's credentials; person "operator" is the real ServiceAccount. */
  public Path kubeconfig(String person) {
    Result result = script("kubeconfig", person);
    if (result.exit() != 0) {
      throw new AssertionError(result.text());
    }
    return Path.of(result.out().strip());
  }

  /** A client with a person's credentials. */
  public KubernetesClient client(String person) {
    try {
      String kubeconfig = Files.readString(kubeconfig(person));
      return new KubernetesClientBuilder()
          .withConfig(Config.fromKubeconfig(kubeconfig))
          .withKubernetesSerialization(JSON)
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every write that the API server has logged so far, one JSON object a line. */
  public List<String> audit() {
    try {
      return Files.readAllLines(directory.resolve("audit.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops the servers and keeps their data. */
  public void pause() {
    Running.must(script("down", "--keep"));
  }

  /** Starts the servers again, those of them that do not run. */
  public void resume() {
    Running.must(command(start).aloud().run());
  }

  /** Ends the servers and removes their data. */
  public void stop() {
    Running.must(script("down"));
  }

  /** The id of a server's process: etcd or kube-apiserver. */
  public long pid(String server) {
    try {
      return Long.parseLong(Files.readString(directory.resolve(server + ".pid")).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the servers keep their files. */
  public Path directory() {
    return directory;
  }

  private Result script(String... arguments) {
    return command(List.of(arguments)).run();
  }

  private Script command(List<String> arguments) {
    List<String> command =
        new ArrayList<>(List.of("dev/controlplane", "--dir", directory.toString()));
    command.addAll(options);
    command.addAll(arguments);
    return Script.of(command);
  }
}
