package io.secamo.processes.cli;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Makes the certificates of a cluster that lives as long as a test, in every form that there is.
 */
final class Authority {
  private static final char[] PASSWORD = "only in memory".toCharArray();
  private final KeyPair keys = pair("EC", "secp256r1");
  private final X509Certificate certificate;
  private int serial = 1;

  Authority() {
    certificate = certified(keys, "CN=authority", true);
  }

  /** A private key and its certificate. */
  record Issued(X509Certificate certificate, PrivateKey key) {
    String certificatePem() throws GeneralSecurityException {
      return pem("CERTIFICATE", certificate.getEncoded());
    }

    String pkcs8() {
      return pem("PRIVATE KEY", key.getEncoded());
    }

    /** The form of {@code openssl genrsa -traditional}. */
    String pkcs1() throws IOException {
      return pem("RSA PRIVATE KEY", inner().toASN1Primitive().getEncoded());
    }

    /** The form of {@code openssl ecparam -genkey}, which begins with the curve. */
    String sec1() throws IOException {
      ASN1Encodable curve =
          PrivateKeyInfo.getInstance(key.getEncoded()).getPrivateKeyAlgorithm().getParameters();
      ECPrivateKey plain = ECPrivateKey.getInstance(inner());
      int bits = ((java.security.interfaces.ECPrivateKey) key).getParams().getOrder().bitLength();
      DERBitString point =
          new DERBitString(
              SubjectPublicKeyInfo.getInstance(certificate.getPublicKey().getEncoded())
                  .getPublicKeyData()
                  .getBytes());
      ECPrivateKey whole = new ECPrivateKey(bits, plain.getKey(), point, curve);
      return pem("EC PARAMETERS", curve.toASN1Primitive().getEncoded())
          + pem("EC PRIVATE KEY", whole.getEncoded());
    }

    private ASN1Encodable inner() throws IOException {
      return PrivateKeyInfo.getInstance(key.getEncoded()).parsePrivateKey();
    }
  }

  String pem() throws GeneralSecurityException {
    return pem("CERTIFICATE", certificate.getEncoded());
  }

  /** A certificate of this authority. */
  Issued issue(String algorithm, String curve, String name) {
    KeyPair pair = pair(algorithm, curve);
    return new Issued(certified(pair, "CN=" + name, false), pair.getPrivate());
  }

  /** What a server needs that shows a certificate for the loopback address, and knows ours. */
  SSLContext server() throws GeneralSecurityException, IOException {
    Issued issued = issue("EC", "secp256r1", "server");
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    own.setKeyEntry("own", issued.key(), PASSWORD, new Certificate[] {issued.certificate()});
    KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("SunX509");
    keyManagers.init(own, PASSWORD);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", certificate);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static KeyPair pair(String algorithm, String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (algorithm.equals("EC")) {
        generator.initialize(new ECGenParameterSpec(curve));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private X509Certificate certified(KeyPair of, String name, boolean authority) {
    Instant now = Instant.now();
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              new X500Principal("CN=authority"),
              BigInteger.valueOf(serial++),
              Date.from(now.minusSeconds(3600)),
              Date.from(now.plusSeconds(36_000)),
              new X500Principal(name),
              of.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  static String pem(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }
}
