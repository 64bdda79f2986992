package io.secamo.processes.kubernetes.access;

import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.secamo.processes.kubernetes.access.Entry.Named;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * Who vouches for a cluster: the authorities that the kubeconfig file names and no other, as for
 * kubectl. The client library trusts all that Java trusts as well.
 */
final class ServerTrust {
  private ServerTrust() {}

  /**
   * For a connection.
   *
   * @throws UnknownCluster if it cannot be read who does
   */
  static TrustManager[] of(Entry<Cluster> entry) {
    Cluster cluster = entry.value();
    boolean anybody = Boolean.TRUE.equals(cluster.getInsecureSkipTlsVerify());
    Optional<Named> authority =
        entry.text(
            "certificate-authority",
            cluster.getCertificateAuthorityData(),
            cluster.getCertificateAuthority());
    if (anybody && authority.isPresent()) {
      throw entry.wrong(
          "insecure-skip-tls-verify leaves nothing to do for a certificate-authority; take one of"
              + " them out");
    }
    try {
      return authority.isPresent()
          ? only(authority.get())
          : SSLUtils.trustManagers(null, null, anybody, null, null);
    } catch (GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException("every JVM keeps certificates in memory", impossible);
    }
  }

  private static TrustManager[] only(Named authority) throws GeneralSecurityException, IOException {
    List<X509Certificate> certificates = ClientCertificate.certificates(authority.text());
    if (certificates.isEmpty()) {
      throw authority.wrong(
          "has no certificate in it; it begins with -----BEGIN CERTIFICATE-----; ask whoever runs"
              + " the cluster for it");
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (X509Certificate certificate : certificates) {
      store.setCertificateEntry("authority " + store.size(), certificate);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }
}
