package io.secamo.processes.kubernetes.access;

import io.secamo.processes.kubernetes.access.Entry.Named;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** The certificate by which a cluster knows somebody, with those that vouch for it, and its key. */
record ClientCertificate(List<X509Certificate> chain, PrivateKey key) {
  private static final String AGAIN = "; log in again";

  /**
   * The pair of two texts.
   *
   * @throws UnknownCluster if they are none; says what is wrong with which of them
   */
  static ClientCertificate of(Named certificate, Named key) {
    List<X509Certificate> chain = certificates(certificate.text());
    if (chain.isEmpty()) {
      throw certificate.wrong(
          "has no certificate in it; it begins with -----BEGIN CERTIFICATE-----" + AGAIN);
    }
    Pem block =
        Pem.in(key.text()).stream()
            .filter(found -> found.label().endsWith("PRIVATE KEY"))
            .findFirst()
            .orElseThrow(
                () ->
                    key.wrong(
                        "has no private key in it; it begins with -----BEGIN PRIVATE KEY-----"
                            + AGAIN));
    if (block.encrypted()) {
      throw key.wrong(
          "has a passphrase, and nobody is asked for one; take it off with openssl pkey");
    }
    PrivateKey read =
        PrivateKeys.in(block).orElseThrow(() -> key.wrong("is no RSA, EC or Ed25519 key" + AGAIN));
    if (!belong(chain.get(0), read)) {
      throw key.wrong("does not belong to the certificate of " + certificate.field() + AGAIN);
    }
    return new ClientCertificate(chain, read);
  }

  /** All that can be read of a text, as kubectl does. */
  static List<X509Certificate> certificates(String text) {
    return Pem.in(text).stream()
        .filter(block -> block.label().equals("CERTIFICATE"))
        .flatMap(block -> certificate(block.content()).stream())
        .toList();
  }

  private static Optional<X509Certificate> certificate(byte[] content) {
    try {
      return Optional.of(
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(content)));
    } catch (CertificateException unreadable) {
      return Optional.empty();
    }
  }

  /** Java would send a certificate that the key does not fit, and the cluster hang up. */
  private static boolean belong(X509Certificate certificate, PrivateKey key) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "Ed25519";
        };
    byte[] text = "whose is it".getBytes(StandardCharsets.UTF_8);
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException otherKinds) {
      return false;
    }
  }

  /** For a connection. */
  KeyManager[] managers() {
    char[] inMemoryOnly = {};
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("own", key, inMemoryOnly, chain.toArray(Certificate[]::new));
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, inMemoryOnly);
      return factory.getKeyManagers();
    } catch (GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException("every JVM keeps a key in memory", impossible);
    }
  }
}
