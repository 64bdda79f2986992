package io.secamo.processes.kubernetes.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever names a cluster gets that one, or reads which ones there are. */
class KubeconfigTest {
  private static final Optional<String> THE_CURRENT = Optional.empty();
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void twoClusters() throws IOException {
    file = write("config", "dev", "dev", "prod");
  }

  @AfterEach
  void forget() {
    System.clearProperty("kubernetes.master");
    System.clearProperty("kubernetes.namespace");
    System.clearProperty("kubernetes.auth.token");
  }

  @Test
  void aContextLeadsToItsCluster() {
    ChosenCluster chosen = of(file).choose(Optional.of("prod"));

    assertThat(chosen.context()).isEqualTo("prod");
    assertThat(chosen.cluster()).isEqualTo("cluster-prod");
    assertThat(chosen.config().getMasterUrl()).isEqualTo("https://prod.example.com/");
    assertThat(chosen.config().getNamespace()).isEqualTo("team-prod");
    assertThat(chosen.config().getAutoOAuthToken()).isEqualTo("token-prod");
  }

  @Test
  void withoutAContextItIsTheCurrentOne() {
    assertThat(of(file).choose(THE_CURRENT).context()).isEqualTo("dev");
  }

  @Test
  void aMisspeltContextLeadsNowhere() {
    unknown(
        () -> of(file).choose(Optional.of("prd")),
        "there is no context prd in " + file + ": there are dev, prod");
  }

  @Test
  void veryManyContextsAreNotAllListed() throws IOException {
    String[] names = new String[14];
    for (int i = 0; i < names.length; i++) {
      names[i] = "c" + (10 + i);
    }
    Path many = write("many", "c10", names);

    unknown(
        () -> of(many).choose(Optional.of("typo")),
        "there are c10, c11, c12, c13, c14, c15, c16, c17, c18, c19 and 4 more");
  }

  @Test
  void aCurrentContextThatIsGoneLeadsNowhere() throws IOException {
    Path gone = write("gone", "staging", "dev", "prod");

    unknown(
        () -> of(gone).choose(THE_CURRENT),
        "there is no context staging in " + gone + ": there are dev, prod");
  }

  @Test
  void whereNoContextIsTheCurrentOneNoneIsGuessed() throws IOException {
    Path none = write("none", "", "dev", "prod");

    unknown(
        () -> of(none).choose(THE_CURRENT),
        "no context is the current one in "
            + none
            + ": there are dev, prod; kubectl config use-context chooses one");
  }

  @Test
  void aContextOfAClusterThatIsGoneLeadsNowhere() throws IOException {
    Files.writeString(file, Files.readString(file).replace("name: cluster-prod", "name: other"));

    unknown(
        () -> of(file).choose(Optional.of("prod")),
        "context prod names a cluster cluster-prod that is not there, or has no server, in "
            + file
            + ": there are cluster-dev, other");
  }

  @Test
  void aContextOfAUserWhoIsGoneLeadsNowhere() throws IOException {
    Files.writeString(file, Files.readString(file).replace("name: user-prod", "name: other"));

    unknown(
        () -> of(file).choose(Optional.of("prod")),
        "context prod names a user user-prod who is not there in "
            + file
            + ": there are other, user-dev");
  }

  @Test
  void aFileThatIsMissingIsNamed() {
    Path missing = folder.resolve("missing");

    unknown(
        () -> of(missing),
        "--kubeconfig names " + missing + ", which cannot be read: name a kubeconfig file");
    unknown(
        () -> Kubeconfig.inUse(Map.of("KUBECONFIG", missing.toString(), "HOME", home())),
        "KUBECONFIG names " + missing + ", which cannot be read");
    unknown(() -> of(folder), "--kubeconfig names " + folder);
  }

  @Test
  void aFileThatIsSomethingElseIsNamed() throws IOException {
    Path notes = Files.writeString(folder.resolve("notes"), "- buy milk\n");
    Path empty = Files.writeString(folder.resolve("empty"), "");

    unknown(() -> of(notes), notes + ", which is no kubeconfig file");
    unknown(() -> of(empty), empty + ", which is no kubeconfig file");
    Path broken = Files.writeString(folder.resolve("broken"), "users:\n- token: s3cret\n  a: [b\n");
    unknown(() -> of(broken), broken + ", which is no kubeconfig file: look at line ");
    assertThatThrownBy(() -> of(broken)).message().doesNotContain("s3cret");
  }

  @Test
  void ofSeveralFilesThoseThatAreMissingSayNothingToAPersonAsForKubectl() {
    Path missing = folder.resolve("missing");
    Map<String, String> environment = Map.of("KUBECONFIG", missing + ":" + file);

    assertThat(Kubeconfig.inUse(environment).choose(THE_CURRENT).context()).isEqualTo("dev");
    unknown(
        () -> Kubeconfig.inUse(environment).choose(Optional.of("prd")),
        "there is no context prd in "
            + file
            + " (not there: "
            + missing
            + "): there are dev, prod");
    unknown(
        () -> Kubeconfig.inUse(Map.of("KUBECONFIG", missing + ":" + missing)),
        "KUBECONFIG names " + missing + ", which cannot be read");
  }

  /** What it would have said may be what was meant: another file's cluster is not that one. */
  @Test
  void whereNobodyWatchesOneMissingFileOfSeveralIsNamed() {
    String files = folder.resolve("missing") + ":" + file;

    unknown(
        () -> Kubeconfig.named(Map.of("KUBECONFIG", files)),
        "KUBECONFIG names " + folder.resolve("missing") + ", which cannot be read");
  }

  @Test
  void severalFilesAreOneAndTheFirstOneCounts() throws IOException {
    Path more = write("more", "test", "test", "prod");
    Files.writeString(more, Files.readString(more).replace("prod.example", "second.example"));
    Kubeconfig both = Kubeconfig.inUse(Map.of("KUBECONFIG", file + "::" + more));

    assertThat(both.choose(THE_CURRENT).context()).isEqualTo("dev");
    assertThat(both.choose(Optional.of("test")).config().getMasterUrl())
        .isEqualTo("https://test.example.com/");
    assertThat(both.choose(Optional.of("prod")).config().getMasterUrl())
        .isEqualTo("https://prod.example.com/");
    unknown(
        () -> both.choose(Optional.of("typo")),
        "there is no context typo in " + file + " and " + more + ": there are dev, prod, test");
  }

  @Test
  void withoutAVariableItIsTheFileAtHome() throws IOException {
    Path home = Files.createDirectories(folder.resolve("home/.kube")).getParent();
    unknown(
        () -> Kubeconfig.inUse(Map.of("HOME", home.toString(), "KUBECONFIG", "")),
        "there is no kubeconfig file: name one with --kubeconfig or KUBECONFIG");
    unknown(() -> Kubeconfig.inUse(Map.of()), "there is no kubeconfig file");

    Files.copy(file, home.resolve(".kube/config"));

    assertThat(Kubeconfig.inUse(Map.of("HOME", home.toString())).choose(THE_CURRENT).context())
        .isEqualTo("dev");
    assertThat(Kubeconfig.named(Map.of("HOME", home.toString()))).isEmpty();
  }

  @Test
  void noVariableWinsOverWhatTheFileSays() {
    System.setProperty("kubernetes.master", "https://elsewhere.example.com");
    System.setProperty("kubernetes.namespace", "elsewhere");
    System.setProperty("kubernetes.auth.token", "stranger");

    ChosenCluster chosen = of(file).choose(Optional.of("prod"));

    assertThat(chosen.config().getMasterUrl()).isEqualTo("https://prod.example.com/");
    assertThat(chosen.config().getNamespace()).isEqualTo("team-prod");
    assertThat(chosen.config().getAutoOAuthToken()).isEqualTo("token-prod");
  }

  @Test
  void theClusterIsReachedThroughTheProxyOfTheEnvironment() {
    Map<String, String> environment = Map.of("https_proxy", "proxy.example.com:3128");

    assertThat(
            Kubeconfig.of("--kubeconfig", file, environment)
                .choose(THE_CURRENT)
                .config()
                .getHttpsProxy())
        .isEqualTo("http://proxy.example.com:3128");
  }

  @Test
  void whoActsForSomebodyInTheFileDoesSoHereToo() throws IOException {
    String text = Files.readString(file);
    Files.writeString(
        file, text.replace("token: token-prod", "token: token-prod, as: jo, as-groups: [ops]"));

    ChosenCluster chosen = of(file).choose(Optional.of("prod"));

    assertThat(chosen.config().getImpersonateUsername()).isEqualTo("jo");
    assertThat(chosen.config().getImpersonateGroups()).containsExactly("ops");
  }

  private static Kubeconfig of(Path file) {
    return Kubeconfig.of("--kubeconfig", file, Map.of());
  }

  private String home() {
    return folder.toString();
  }

  private static void unknown(Runnable choice, String sentence) {
    assertThatThrownBy(choice::run)
        .isInstanceOf(UnknownCluster.class)
        .hasMessageContaining(sentence);
  }

  private Path write(String name, String current, String... contexts) throws IOException {
    StringBuilder text = new StringBuilder("apiVersion: v1\nkind: Config\n");
    text.append("current-context: \"").append(current).append("\"\n");
    section(
        text, "clusters", contexts, "cluster-%1$s, cluster: {server: https://%1$s.example.com}");
    section(text, "users", contexts, "user-%1$s, user: {token: token-%1$s}");
    section(
        text,
        "contexts",
        contexts,
        "%1$s, context: {cluster: cluster-%1$s, user: user-%1$s, namespace: team-%1$s}");
    return Files.writeString(folder.resolve(name), text);
  }

  private static void section(StringBuilder text, String what, String[] names, String form) {
    text.append(what).append(":\n");
    for (String name : names) {
      text.append("- {name: ").append(form.formatted(name)).append("}\n");
    }
  }
}
