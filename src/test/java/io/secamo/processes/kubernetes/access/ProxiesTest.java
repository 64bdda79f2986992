package io.secamo.processes.kubernetes.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A cluster is reached through the same proxy as by kubectl, whatever is written in NO_PROXY. */
class ProxiesTest {
  private static final String PROXY = "http://proxy.example.com:3128";
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.0.0.1, api.example.com | https://api.example.com:6443",
        "'  api.example.com  ' | https://api.example.com:6443",
        "* | https://api.example.com",
        "x, *, y | https://[2001:db8::1]:6443",
        "example.com | https://api.example.com",
        "example.com | https://example.com",
        ".example.com | https://api.example.com",
        "*.example.com | https://api.example.com",
        "API.Example.com | https://api.example.com",
        "api.example.com:6443 | https://api.example.com:6443",
        "api.example.com:443 | https://api.example.com",
        "10.0.0.0/8 | https://10.96.0.1:443",
        "10.1.2.3/8 | https://10.96.0.1:443",
        "10.96.0.1 | https://10.96.0.1:443",
        "10.96.0.1:443 | https://10.96.0.1",
        "2001:db8::/32 | https://[2001:db8::1]:6443",
        "[2001:db8::1]:6443 | https://[2001:db8::1]:6443",
        "'' | https://localhost:6443",
        "'' | https://127.0.0.7:6443",
        "'' | https://[::1]:6443",
      })
  void whatNeedsNoProxyIsReachedDirectly(String noProxy, String server) {
    assertThat(proxy(noProxy, server)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | https://api.example.com",
        "',, ,' | https://api.example.com",
        "ample.com | https://api.example.com",
        ".api.example.com | https://api.example.com",
        "api.example.com:8443 | https://api.example.com:6443",
        ":443, [] | https://api.example.com",
        "10.0.0.0/33, 10.0.0, 300.1.1.1, 10.0.0.0/8/8 | https://10.96.0.1",
        "11.0.0.0/8 | https://10.96.0.1",
        "10.0.0.0/8 | https://api.example.com",
        "::/0 | https://10.96.0.1",
        "http://api.example.com, a_b, %% | https://api.example.com",
      })
  void allOtherServersAreReachedThroughIt(String noProxy, String server) {
    assertThat(proxy(noProxy, server)).contains(PROXY);
  }

  private static Optional<String> proxy(String noProxy, String server) {
    URI address = URI.create(server);
    Optional<String> large =
        new Proxies(Map.of("HTTPS_PROXY", PROXY, "NO_PROXY", noProxy)).to(address);
    Optional<String> small =
        new Proxies(Map.of("https_proxy", PROXY, "no_proxy", noProxy)).to(address);
    assertThat(small).isEqualTo(large);
    return large;
  }

  @Test
  void eachSchemeHasItsOwnProxyAndLargeLettersComeFirst() {
    Proxies proxies =
        new Proxies(
            Map.of(
                "HTTP_PROXY", "plain.example.com",
                "https_proxy", "https://small.example.com",
                "HTTPS_PROXY", "me:s%40cret@large.example.com:8080"));

    assertThat(proxies.to(URI.create("http://a.example.com")))
        .contains("http://plain.example.com:80");
    assertThat(proxies.to(URI.create("https://a.example.com")))
        .contains("http://me:s%40cret@large.example.com:8080");
    assertThat(new Proxies(Map.of("ALL_PROXY", PROXY)).to(URI.create("https://a.example.com")))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://", "://", "me:s3cret@ x", "ftp://me:s3cret@proxy", "http://a:b"})
  void whatIsNoProxyIsSaidWithoutItsPassword(String proxy) {
    Proxies proxies = new Proxies(Map.of("HTTPS_PROXY", proxy));

    assertThatThrownBy(() -> proxies.to(URI.create("https://a.example.com")))
        .isInstanceOf(UnknownCluster.class)
        .hasMessage("HTTPS_PROXY is no address of a proxy; write http://HOST:PORT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5://me:s3cret@proxy:1080", "SOCKS5H://proxy"})
  void aProxyOfAnotherKindIsSaidToBeOne(String proxy) {
    Proxies proxies = new Proxies(Map.of("HTTPS_PROXY", proxy));

    assertThatThrownBy(() -> proxies.to(URI.create("https://a.example.com")))
        .isInstanceOf(UnknownCluster.class)
        .hasMessage(
            "HTTPS_PROXY names a SOCKS proxy, which cannot be used here; name an HTTP proxy");
  }

  /** The library has such a proxy for clusters without TLS only. */
  @Test
  void theProxyOfTheFileIsTakenWhateverTheEnvironmentSays() throws IOException {
    ChosenCluster chosen = chosen("http://own.example.com", Map.of("NO_PROXY", "*"));

    assertThat(chosen.config().getHttpsProxy()).isEqualTo("http://own.example.com:80");
    assertThat(chosen.config().getNoProxy()).isEmpty();
    assertThatThrownBy(() -> chosen("socks5://own.example.com", Map.of()))
        .hasMessageStartingWith(
            "proxy-url of cluster c in " + folder.resolve("config") + " names a");
  }

  @Test
  void aClientIsMadeWithWhateverIsInTheEnvironment() throws IOException {
    Map<String, String> environment = Map.of("HTTPS_PROXY", PROXY, "NO_PROXY", "a, *, ,, b_c");

    try (KubernetesClient client = chosen("", environment).client(http -> {})) {
      assertThat(client.getConfiguration().getHttpsProxy()).isNull();
    }
  }

  private ChosenCluster chosen(String proxy, Map<String, String> environment) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("config"),
            """
            current-context: x
            clusters: [{name: c, cluster: {server: "https://a.example.com", proxy-url: "%s"}}]
            users: [{name: u, user: {token: t}}]
            contexts: [{name: x, context: {cluster: c, user: u}}]
            """
                .formatted(proxy));
    return Kubeconfig.of("--kubeconfig", file, environment).choose(Optional.empty());
  }
}
