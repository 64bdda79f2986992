package io.secamo.processes.kubernetes.access;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.OAuthTokenProvider;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import io.secamo.processes.kubernetes.access.Entry.Named;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * How a cluster is reached by whom: what the client library does not read of a kubeconfig file as
 * kubectl does, or ends with a stack trace for. Each contradiction is one sentence.
 */
record Reaching(
    String context, Entry<Cluster> cluster, Optional<Entry<AuthInfo>> user, Proxies proxies) {

  ChosenCluster by(List<io.fabric8.kubernetes.api.model.Config> files) {
    URI server = server();
    TrustManager[] trust = ServerTrust.of(cluster);
    Login login = user.map(this::login).orElseGet(Login::none);
    Config config = Config.empty();
    try {
      // As long as there is a provider, the library does not call the plugin itself.
      config.setOauthTokenProvider(() -> null);
      KubeConfigUtils.merge(
          config, context, files.toArray(io.fabric8.kubernetes.api.model.Config[]::new));
    } catch (KubernetesClientException e) {
      throw new UnknownCluster("context " + context + " gives no credentials: " + e.getMessage());
    }
    config.setOauthTokenProvider(login.token());
    forget(config);
    user.ifPresent(entry -> impersonate(config, entry));
    throughProxies(config, server);
    KeyManager[] keys = login.certificate().map(ClientCertificate::managers).orElse(null);
    return new ChosenCluster(config, http -> http.sslContext(keys, trust), cluster.name(), context);
  }

  /** Without a scheme the library asks around, and sends the token in plain text in the end. */
  private URI server() {
    String named = cluster.value().getServer().strip();
    try {
      URI server = new URI(named);
      String scheme = String.valueOf(server.getScheme()).toLowerCase(Locale.ROOT);
      if (server.getHost() != null && (scheme.equals("https") || scheme.equals("http"))) {
        return server;
      }
    } catch (URISyntaxException noAddress) {
      throw noAddress(named);
    }
    throw noAddress(named);
  }

  private UnknownCluster noAddress(String named) {
    boolean bare = named.matches("[A-Za-z0-9.-]+(:\\d+)?");
    return new UnknownCluster(
        "cluster "
            + cluster.name()
            + " in "
            + cluster.file()
            + " has the server "
            + named
            + ", which is no address; write https://"
            + (bare ? named : "HOST:PORT"));
  }

  private record Login(
      @Nullable OAuthTokenProvider token, Optional<ClientCertificate> certificate) {
    static Login none() {
      return new Login(null, Optional.empty());
    }
  }

  /** A token comes before a plugin, and a file before what was a token once. */
  private Login login(Entry<AuthInfo> entry) {
    AuthInfo me = entry.value();
    Optional<ClientCertificate> certificate = certificate(entry);
    boolean hasToken = me.getToken() != null && !me.getToken().isEmpty();
    if (hasToken && !TokenFile.usable(me.getToken())) {
      throw entry.wrong("token is none, it has blanks or line breaks; log in again");
    }
    if (me.getTokenFile() != null && !me.getTokenFile().isEmpty()) {
      return new Login(tokenFile(entry, hasToken ? me.getToken() : ""), certificate);
    }
    if (me.getExec() == null || hasToken) {
      return new Login(null, certificate);
    }
    CredentialPlugin plugin = new CredentialPlugin(entry, cluster);
    CredentialPlugin.Answer answer = plugin.ask();
    return new Login(
        new PluginToken(plugin, answer, Clock.systemUTC()),
        answer.certificate().or(() -> certificate));
  }

  private static TokenFile tokenFile(Entry<AuthInfo> entry, String token) {
    String path = entry.value().getTokenFile();
    String first = token;
    if (token.isEmpty()) {
      Named text = entry.text("tokenFile", null, path).orElseThrow();
      first = text.text().strip();
      if (!TokenFile.usable(first)) {
        throw text.wrong("has no token in it, or more than one word; log in again");
      }
    }
    return new TokenFile(entry.beside(path), first);
  }

  private static Optional<ClientCertificate> certificate(Entry<AuthInfo> entry) {
    AuthInfo me = entry.value();
    Optional<Named> certificate =
        entry.text("client-certificate", me.getClientCertificateData(), me.getClientCertificate());
    if (certificate.isEmpty()) {
      return Optional.empty();
    }
    Named key =
        entry
            .text("client-key", me.getClientKeyData(), me.getClientKey())
            .orElseThrow(
                () ->
                    entry.wrong(
                        "client-certificate has no client-key; log in again, or name the key"));
    return Optional.of(ClientCertificate.of(certificate.get(), key));
  }

  /** The library would read the keys in its own way, and end when it cannot. */
  private static void forget(Config config) {
    config.setCaCertData(null);
    config.setCaCertFile(null);
    config.setClientCertData(null);
    config.setClientCertFile(null);
    config.setClientKeyData(null);
    config.setClientKeyFile(null);
  }

  /** What the library leaves out: without it whoever acts for somebody acts as themselves. */
  private static void impersonate(Config config, Entry<AuthInfo> entry) {
    AuthInfo user = entry.value();
    if (user.getAs() != null && !user.getAs().isEmpty()) {
      List<String> groups = user.getAsGroups() == null ? List.of() : user.getAsGroups();
      if ((user.getAs() + String.join("", groups)).chars().anyMatch(Character::isISOControl)) {
        throw entry.wrong("as and as-groups have a line break; name each in one line");
      }
      config.setImpersonateUsername(user.getAs());
      config.setImpersonateGroups(groups.toArray(String[]::new));
    }
  }

  /** The environment may say how the cluster is reached, not which one it is. */
  private void throughProxies(Config config, URI server) {
    String own = cluster.value().getProxyUrl();
    boolean named = own != null && !own.isEmpty();
    String source = "proxy-url of cluster " + cluster.name() + " in " + cluster.file();
    proxies.use(
        config, server, named ? Optional.of(Proxies.completed(source, own)) : proxies.to(server));
  }
}
