package io.secamo.processes.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.secamo.processes.kubernetes.access.UnknownCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator works on the cluster that it was told, or ends before it sends anything. */
class WhichClusterTest {
  private static final String TOKEN = "kubernetes.auth.serviceAccount.token";
  private static final Map<String, String> POD = Map.of("KUBERNETES_SERVICE_HOST", "10.96.0.1");
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void oneCluster() throws IOException {
    file =
        Files.writeString(
            folder.resolve("config"),
            """
            apiVersion: v1
            kind: Config
            current-context: one
            clusters: [{name: one, cluster: {server: https://one.example.com}}]
            users: [{name: one, user: {token: t}}]
            contexts: [{name: one, context: {cluster: one, user: one}}]
            """);
  }

  @AfterEach
  void forget() {
    System.clearProperty("kubeconfig");
    System.clearProperty(TOKEN);
    System.clearProperty("kubernetes.auth.tryKubeConfig");
    System.clearProperty("https.proxy");
    System.clearProperty("no.proxy");
    System.clearProperty("kubernetes.certs.ca.file");
  }

  @Test
  void theClusterThatIsNamedIsWorkedOn() {
    assertThat(WhichCluster.of(Map.of("KUBECONFIG", file.toString())).config().getMasterUrl())
        .isEqualTo("https://one.example.com/");
  }

  @Test
  void aMissingFileDoesNotMeanTheClusterThisRunsIn() {
    Map<String, String> environment =
        Map.of(
            "KUBECONFIG",
            folder.resolve("missing").toString(),
            "KUBERNETES_SERVICE_HOST",
            "10.96.0.1");

    assertThatThrownBy(() -> WhichCluster.of(environment))
        .isInstanceOf(UnknownCluster.class)
        .hasMessage(
            "KUBECONFIG names "
                + folder.resolve("missing")
                + ", which cannot be read: name a kubeconfig file");
  }

  @Test
  void outsideOfAClusterOneHasToBeNamed() {
    assertThatThrownBy(() -> WhichCluster.of(Map.of("HOME", folder.toString())))
        .isInstanceOf(UnknownCluster.class)
        .hasMessageStartingWith("KUBECONFIG names no file and this runs in no cluster");
  }

  /** The library would take the file at home before the pod's own cluster. */
  @Test
  void aFileAtHomeDoesNotWinOverTheClusterThisRunsIn() throws IOException {
    System.setProperty("kubeconfig", file.toString());
    System.setProperty(TOKEN, Files.writeString(folder.resolve("token"), "own").toString());

    assertThat(WhichCluster.of(POD).config().getAutoOAuthToken()).isEqualTo("own");
    assertThat(WhichCluster.of(POD).config().getMasterUrl())
        .isNotEqualTo("https://one.example.com/");
  }

  /** Properties stand for the variables, which a test cannot set: the library reads both alike. */
  @ParameterizedTest
  @ValueSource(strings = {"a, b", "*", "a,,b", "a_b", " "})
  void whateverIsInNoProxyTheOperatorStarts(String noProxy) throws IOException {
    System.setProperty(TOKEN, Files.writeString(folder.resolve("token"), "own").toString());
    System.setProperty("https.proxy", "http://proxy.example.com:3128");
    System.setProperty("no.proxy", noProxy);
    Map<String, String> environment =
        Map.of(
            "KUBERNETES_SERVICE_HOST",
            "10.96.0.1",
            "HTTPS_PROXY",
            "http://proxy.example.com:3128",
            "NO_PROXY",
            noProxy);

    try (KubernetesClient client = WhichCluster.of(environment).client(http -> {})) {
      assertThat(client.getConfiguration().getHttpsProxy())
          .isEqualTo(noProxy.equals("*") ? null : "http://proxy.example.com:3128");
    }
  }

  @Test
  void anAuthorityOfThePodThatIsNoneIsSaidInASentence() throws IOException {
    System.setProperty(TOKEN, Files.writeString(folder.resolve("token"), "own").toString());
    Path authority = Files.writeString(folder.resolve("ca.crt"), "hello\nworld\n");
    System.setProperty("kubernetes.certs.ca.file", authority.toString());

    assertThatThrownBy(() -> WhichCluster.of(POD))
        .isInstanceOf(UnknownCluster.class)
        .hasMessageStartingWith(
            "cluster of this pod in "
                + authority
                + ": certificate-authority has no certificate in it; ");
  }

  @Test
  void aPodWithoutATokenSaysSo() {
    System.setProperty("kubeconfig", file.toString());

    assertThatThrownBy(() -> WhichCluster.of(POD))
        .isInstanceOf(UnknownCluster.class)
        .hasMessageContaining("automountServiceAccountToken");
  }
}
