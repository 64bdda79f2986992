package io.secamo.processes.kubernetes.access;

import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.ClusterBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** The cluster that this runs in, reached with the service account of its pod. */
public final class OwnPod {
  private OwnPod() {}

  /**
   * How to reach it.
   *
   * @throws UnknownCluster if the pod was not given what that takes
   */
  public static ChosenCluster reached(Map<String, String> environment) {
    // Kept by the library for later as well: it reads the token again when it has run out.
    System.setProperty(Config.KUBERNETES_AUTH_TRYKUBECONFIG_SYSTEM_PROPERTY, "false");
    Config config;
    try {
      config = Config.autoConfigure(null);
    } catch (RuntimeException e) {
      throw new UnknownCluster(
          "a variable of this pod that begins with KUBERNETES_ cannot be read: " + e.getMessage());
    }
    if (config.getAutoOAuthToken() == null) {
      throw new UnknownCluster(
          "this pod has no token of a service account: let automountServiceAccountToken be true, or"
              + " set KUBECONFIG");
    }
    Proxies proxies = new Proxies(environment);
    URI server = server(config);
    proxies.use(config, server, proxies.to(server));
    return new ChosenCluster(config, trusting(config), "of this pod", "this pod");
  }

  private static URI server(Config config) {
    URI server;
    try {
      server = new URI(config.getMasterUrl());
    } catch (URISyntaxException noAddress) {
      throw noServer(config);
    }
    if (server.getHost() == null) {
      throw noServer(config);
    }
    return server;
  }

  private static UnknownCluster noServer(Config config) {
    return new UnknownCluster(
        "the server "
            + config.getMasterUrl()
            + " of this pod is no address; look at KUBERNETES_SERVICE_HOST and _PORT");
  }

  /**
   * The authority of the pod and no other. The library goes on with those that Java knows when it
   * can read nothing of that one.
   */
  private static Consumer<HttpClient.Builder> trusting(Config config) {
    String file = config.getCaCertFile();
    boolean more = given(config.getTrustStoreFile()) || given(config.getClientCertFile());
    if (!given(file) || given(config.getCaCertData()) || more || config.isTrustCerts()) {
      return http -> {};
    }
    Cluster cluster = new ClusterBuilder().withCertificateAuthority(file).build();
    TrustManager[] trust =
        ServerTrust.of(new Entry<>("cluster", "of this pod", cluster, Path.of(file)));
    return http -> http.sslContext(null, trust);
  }

  private static boolean given(@Nullable String setting) {
    return setting != null && !setting.isEmpty();
  }
}
