package io.secamo.processes.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secamo.processes.connector.ConnectorFailure;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private Path folder;

  @Test
  void aSelfSignedCertificateIsRefusedAndTheMessageSaysWhatToDo() throws Exception {
    KeyStore own = certificate("ip:127.0.0.1");
    try (Misbehaving server = server(own)) {
      assertThatThrownBy(() -> to(server, "127.0.0.1", null).send(Request.get("/")))
          .isInstanceOf(ConnectorFailure.Refused.class)
          .hasMessageContaining("ca.crt");
    }
  }

  @Test
  void itIsAcceptedWhenItsAuthorityIsGiven() throws Exception {
    KeyStore own = certificate("ip:127.0.0.1");
    try (Misbehaving server = server(own)) {
      assertThat(to(server, "127.0.0.1", pem(own)).send(Request.get("/")).ok()).isTrue();
    }
  }

  @Test
  void anotherAuthorityDoesNotHelp() throws Exception {
    KeyStore own = certificate("ip:127.0.0.1");
    String other = pem(certificate("ip:127.0.0.1"));
    try (Misbehaving server = server(own)) {
      assertThatThrownBy(() -> to(server, "127.0.0.1", other).send(Request.get("/")))
          .isInstanceOf(ConnectorFailure.Refused.class);
    }
  }

  @Test
  void aCertificateForAnotherHostIsRefused() throws Exception {
    KeyStore own = certificate("dns:tickets.example.com");
    try (Misbehaving server = server(own)) {
      assertThatThrownBy(() -> to(server, "127.0.0.1", pem(own)).send(Request.get("/")))
          .isInstanceOf(ConnectorFailure.Refused.class)
          .hasMessageContaining("host name");
    }
  }

  @Test
  void aSystemThatSpeaksNoTlsDidNothing() throws Exception {
    try (Misbehaving server = Misbehaving.answering(200, "application/json", "{}")) {
      assertThatThrownBy(() -> to(server, "127.0.0.1", null).send(Request.delete("/")))
          .isInstanceOf(ConnectorFailure.Transient.class);
    }
  }

  @Test
  void rubbishInsteadOfAnAuthorityIsRefused() {
    assertThatThrownBy(
            () ->
                new HttpEndpoint(
                    "Test system",
                    "https://x.example",
                    new Sockets(Limits.DEFAULT).trusting("rubbish"),
                    Limits.DEFAULT,
                    new Throttle(null, "team-a", Clock.systemUTC()),
                    Clock.systemUTC()))
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessageContaining("PEM")
        .hasMessageNotContaining("rubbish");
  }

  private static HttpEndpoint to(Misbehaving server, String host, @Nullable String authorities) {
    return new HttpEndpoint(
        "Test system",
        "https://" + host + ":" + server.port(),
        new Sockets(Limits.DEFAULT).trusting(authorities),
        Limits.DEFAULT,
        new Throttle(null, "team-a", Clock.systemUTC()),
        Clock.systemUTC());
  }

  private static Misbehaving server(KeyStore own) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return Misbehaving.withTls(
        context, exchange -> Misbehaving.answer(exchange, 200, "application/json", "{}"));
  }

  private static String pem(KeyStore own) throws Exception {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(own.getCertificate("own").getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }

  private KeyStore certificate(String subject) throws Exception {
    Path file = folder.resolve("keys-" + System.nanoTime());
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "own",
                "-keyalg",
                "EC",
                "-dname",
                "CN=test",
                "-ext",
                "san=" + subject,
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD),
                "-storetype",
                "PKCS12")
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes());
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return store;
  }
}
