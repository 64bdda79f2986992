package io.secamo.processes.connector.http;

import io.secamo.processes.connector.ConnectorFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whose certificates we believe: the system's authorities, and those given in addition. */
final class Trust {
  private Trust() {}

  /**
   * The context for TLS.
   *
   * @param authorities certificates in PEM form; null means the system's only
   * @throws ConnectorFailure.Refused if they cannot be read
   */
  static SSLContext context(@Nullable String authorities) {
    try {
      if (authorities == null) {
        return SSLContext.getDefault();
      }
      KeyStore both = KeyStore.getInstance(KeyStore.getDefaultType());
      both.load(null, null);
      int count = 0;
      for (X509Certificate known : system()) {
        both.setCertificateEntry("system-" + count++, known);
      }
      for (Certificate more : read(authorities)) {
        both.setCertificateEntry("given-" + count++, more);
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(both), null);
      return context;
    } catch (GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException("this JVM cannot do TLS", impossible);
    }
  }

  private static Collection<? extends Certificate> read(String pem) {
    try {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
      if (!certificates.isEmpty()) {
        return certificates;
      }
    } catch (CertificateException unreadable) {
      // Said below: the cause would show bytes, not help.
    }
    throw new ConnectorFailure.Refused(
        "The key ca.crt of the Secret holds no certificate: put the authority's certificate there"
            + " in PEM form, from -----BEGIN CERTIFICATE----- on.");
  }

  private static X509Certificate[] system() throws GeneralSecurityException {
    for (TrustManager manager : managers(null)) {
      if (manager instanceof X509TrustManager certificates) {
        return certificates.getAcceptedIssuers();
      }
    }
    return new X509Certificate[0];
  }

  private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }
}
