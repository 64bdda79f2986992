package io.secamo.processes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.cli.Authority.Issued;
import io.secamo.processes.cli.terminal.Console;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom kubectl lets in is let in here too; who is not reads which file says what that is wrong. */
class LoginTest {
  private static final String AUTHORITY = "certificate-authority-data: \"%s\"";
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Authority authority = new Authority();
  @TempDir private Path folder;
  private Listening server;
  private Path kubeconfig;
  private String trust;

  @BeforeEach
  void aClusterWithCertificates() throws Exception {
    server = Listening.over(authority.server());
    server.request("web", "", "", "\"state\": \"InForce\"");
    kubeconfig = folder.resolve("kubeconfig");
    trust = AUTHORITY.formatted(base64(authority.pem()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "RSA, '', pkcs1",
    "RSA, '', pkcs8",
    "EC, secp256r1, pkcs8",
    "EC, secp384r1, pkcs8",
    "EC, secp256r1, sec1",
    "EC, secp384r1, sec1",
    "EC, secp521r1, sec1",
    "Ed25519, '', pkcs8",
  })
  void everyKeyThatKubectlTakesIsTaken(String algorithm, String curve, String form)
      throws Exception {
    Issued ann = authority.issue(algorithm, curve, "ann");
    String key =
        switch (form) {
          case "pkcs1" -> ann.pkcs1();
          case "sec1" -> ann.sec1();
          default -> ann.pkcs8();
        };
    comesIn("CN=ann", data(ann.certificatePem(), key));

    Files.writeString(folder.resolve("ann.crt"), ann.certificatePem());
    Files.writeString(folder.resolve("ann.key"), "of ann\n" + key.replace("\n", "\r\n"));
    comesIn("CN=ann", "client-certificate: ann.crt, client-key: ann.key");

    Files.writeString(folder.resolve("both.pem"), key + ann.certificatePem());
    comesIn("CN=ann", "client-certificate: both.pem, client-key: both.pem");
  }

  @Test
  void aTokenThatStandsInAFileIsReadFromThere() throws Exception {
    Files.writeString(folder.resolve("token"), "from-the-file\n");

    comesIn("Bearer from-the-file", "tokenFile: token");
    comesIn("Bearer from-the-file", "token: older, tokenFile: token");
    comesIn("Bearer older", "token: older, tokenFile: missing");
  }

  @Test
  void anAuthorityThatStandsInAFileIsReadFromThere() throws Exception {
    Files.writeString(folder.resolve("ca.crt"), "# ours\n" + authority.pem());
    trust = "certificate-authority: ca.crt";

    comesIn("Bearer t", "token: t");
  }

  @Test
  void whoAsksForNoCheckOfTheCertificateGetsNone() throws Exception {
    trust = "insecure-skip-tls-verify: true";

    comesIn("Bearer t", "token: t");
  }

  @Test
  void anotherAuthorityThanTheOneThatIsNamedIsNotTrusted() throws Exception {
    trust = AUTHORITY.formatted(base64(new Authority().pem()));
    kubeconfig("token: t");

    assertThat(run()).isEqualTo(1);
    assertThat(err.toString()).startsWith("the cluster shows a certificate that the kubeconfig");
    assertThat(server.persons).isEmpty();
  }

  @Test
  void aPluginIsAskedAndWhatItSaysIsUsed() throws Exception {
    plugin("login", "echo to people >&2", credential("\"token\": \"$1-$#-$PLACE-it\""));

    comesIn("Bearer a;b-2-$HOME-it", exec("./login", ", args: [a;b, c d]"));
  }

  @Test
  void aPluginHearsWhichFormIsExpectedAndWhichCluster() throws Exception {
    plugin(
        "login",
        "echo \"$KUBERNETES_EXEC_INFO\" > " + folder.resolve("heard"),
        credential("\"token\": \"t\""));

    comesIn("Bearer t", exec("./login", ", provideClusterInfo: true"));
    assertThat(folder.resolve("heard"))
        .content()
        .contains("\"apiVersion\":\"client.authentication.k8s.io/v1\"", "\"interactive\":false")
        .contains("\"server\":\"" + server.url() + "\"", base64(authority.pem()));
  }

  @Test
  void aPluginMayAnswerWithACertificate() throws Exception {
    Issued ann = authority.issue("EC", "secp256r1", "ann");
    String pair =
        "\"clientCertificateData\": \"%s\", \"clientKeyData\": \"%s\""
            .formatted(lines(ann.certificatePem()), lines(ann.sec1()));
    plugin("login", "", credential(pair));

    comesIn("CN=ann", exec("./login", ""));
  }

  @Test
  void aPluginThatIsNotInstalledIsNamedWithTheHintOfItsVendor() throws Exception {
    refused(
        exec("secamo-no-such-login", ", installHint: \"Get it\\n  from example.com\""),
        "user me in "
            + kubeconfig
            + ": the plugin secamo-no-such-login cannot be started; install it, or log in another"
            + " way: Get it from example.com\n");
  }

  @Test
  void aPluginThatFailsIsNamed() throws Exception {
    plugin("fails", "exit 7", "");
    refused(
        exec("./fails", ""),
        "the plugin ./fails ended with 7; call it yourself to see why, or log in again\n");
    plugin("chats", "echo hello", "");
    refused(exec("./chats", ""), "the plugin ./chats gave no ExecCredential of client.authe");
    plugin("empty", "", credential("\"expirationTimestamp\": null"));
    refused(exec("./empty", ""), "the plugin ./empty gave neither a token nor a certificate;");
    plugin("older", "", credential("\"token\": \"t\"").replace("k8s.io/v1", "k8s.io/v1beta1"));
    refused(exec("./older", ""), "the plugin ./older gave no ExecCredential of client.authe");
    refused("exec: {apiVersion: client.authentication.k8s.io/v1}", "exec names no command;");
  }

  @Test
  void aFileThatIsNotThereIsNamedWithTheOneThatNamesIt() throws Exception {
    String ours = "user me in " + kubeconfig + ": ";
    refused(
        "client-certificate: ann.crt, client-key: ann.key",
        ours
            + "client-certificate names "
            + folder.resolve("ann.crt")
            + ", which is not there; log in again, or put it there\n");
    refused(
        "tokenFile: none",
        ours
            + "tokenFile names "
            + folder.resolve("none")
            + ", which is not there; log in again, or put it there\n");
    Files.writeString(folder.resolve("blank"), " \n");
    refused(
        "tokenFile: blank",
        ours + "tokenFile has no token in it, or more than one word; log in again\n");

    trust = "certificate-authority: ca.crt";
    refused(
        "token: t",
        "cluster home in "
            + kubeconfig
            + ": certificate-authority names "
            + folder.resolve("ca.crt")
            + ", which is not there; log in again, or put it there\n");
  }

  @Test
  void whoIsActedForIsNamedInOneLine() throws Exception {
    refused("token: t, as: \"jo\\nann\"", "as and as-groups have a line break; name each in one");
    refused("token: t, as: jo, as-groups: [\"a\\nb\"]", "as and as-groups have a line break");
    comesIn("Bearer t", "token: t, as: jo, as-groups: [ops]");
  }

  /** The client's own error would show it. */
  @Test
  void aTokenThatCannotBeSentIsNotShown() throws Exception {
    String none = "token is none, it has blanks or line breaks; log in again\n";
    refused("token: \"s3cret\\n\"", "user me in " + kubeconfig + ": " + none);
    refused("token: s3cret and more", none);
    Files.writeString(folder.resolve("two"), "s3cret\ns3cret\n");
    refused("tokenFile: two", "tokenFile has no token in it, or more than one word");
    plugin("two", "", credential("\"token\": \"s3cret\\ns3cret\""));
    refused(exec("./two", ""), "the plugin ./two gave a token with blanks or line breaks in it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"client-certificate-data", "client-key-data"})
  void whatIsNotBase64IsNamed(String field) throws Exception {
    Issued ann = authority.issue("EC", "secp256r1", "ann");
    String entry = data(ann.certificatePem(), ann.pkcs8());

    refused(
        entry.replaceFirst(field + ": \"...", field + ": \"%%%"),
        "user me in " + kubeconfig + ": " + field + " is not base64; log in again, or write");
  }

  @Test
  void anAuthorityThatIsNoneIsNamed() throws Exception {
    String ours = "cluster home in " + kubeconfig + ": ";
    trust = AUTHORITY.formatted("%%%");
    refused("token: t", ours + "certificate-authority-data is not base64; log in again, or write");
    trust = AUTHORITY.formatted(base64("ABC"));
    refused("token: t", ours + "certificate-authority-data has no certificate in it; it begins");
    String rubbish = Authority.pem("CERTIFICATE", new byte[] {1, 2, 3});
    trust = AUTHORITY.formatted(base64(rubbish));
    refused("token: t", ours + "certificate-authority-data has no certificate in it");
    trust = AUTHORITY.formatted(base64(rubbish + authority.pem()));
    comesIn("Bearer t", "token: t");
  }

  @Test
  void anAuthorityThatIsNotToBeAskedIsAContradiction() throws Exception {
    trust += ", insecure-skip-tls-verify: true";

    refused(
        "token: t",
        "cluster home in "
            + kubeconfig
            + ": insecure-skip-tls-verify leaves nothing to do for a certificate-authority; take"
            + " one of them out\n");
  }

  @Test
  void aKeyThatCannotBeUsedIsNamedAndNeverShown() throws Exception {
    Issued ann = authority.issue("EC", "secp256r1", "ann");
    Issued bob = authority.issue("EC", "secp256r1", "bob");
    String certificate = ann.certificatePem();

    refused(data(certificate, bob.pkcs8()), "client-key-data does not belong to the certificate");
    refused(data(certificate, "hello"), "client-key-data has no private key in it; it begins with");
    refused(data(certificate, certificate), "client-key-data has no private key in it");
    refused(
        data(certificate, ann.pkcs8().replace("PRIVATE", "ENCRYPTED PRIVATE")),
        "client-key-data has a passphrase, and nobody is asked for one; take it off with openssl");
    refused(
        data(certificate, Authority.pem("PRIVATE KEY", new byte[] {0x30, 1, 2})),
        "client-key-data is no RSA, EC or Ed25519 key");
    refused(
        data(certificate, Authority.pem("EC PRIVATE KEY", new byte[] {0x30, (byte) 0x84, 9})),
        "client-key-data is no RSA, EC or Ed25519 key");
    refused(data("hello", ann.pkcs8()), "client-certificate-data has no certificate in it");
    refused(
        "client-certificate-data: \"" + base64(certificate) + "\"",
        "client-certificate has no client-key; log in again, or name the key\n");
    assertThat(server.persons).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "127.0.0.1:1 | has the server 127.0.0.1:1, which is no address; write https://127.0.0.1:1",
        "'https://a b' | has the server https://a b, which is no address; write https://",
        "'https://' | has the server https://, which is no address; write https://",
      })
  void aServerThatIsNoAddressIsNamed(String address, String sentence) throws Exception {
    kubeconfig("token: t");
    Files.writeString(
        kubeconfig, Files.readString(kubeconfig).replace(server.url(), address.strip()));

    assertThat(run()).isEqualTo(1);
    assertThat(err.toString()).contains(sentence).hasLineCount(1);
  }

  private void comesIn(String person, String user) throws IOException {
    kubeconfig(user);
    server.persons.clear();

    assertThat(run()).as(err.toString()).isZero();
    assertThat(server.persons).isNotEmpty().containsOnly(person);
  }

  private void refused(String user, String sentence) throws IOException {
    kubeconfig(user);

    assertThat(run()).isEqualTo(1);
    assertThat(err.toString())
        .contains(sentence)
        .hasLineCount(1)
        .doesNotContain("Exception")
        .doesNotContain("s3cret")
        .doesNotContain("MII");
  }

  private void kubeconfig(String user) throws IOException {
    Files.writeString(
        kubeconfig,
        """
        apiVersion: v1
        kind: Config
        current-context: here
        clusters:
        - {name: home, cluster: {server: "%s", %s}}
        users:
        - {name: me, user: {%s}}
        contexts:
        - {name: here, context: {cluster: home, user: me, namespace: team-a}}
        """
            .formatted(server.url(), trust, user));
  }

  private static String data(String certificate, String key) {
    return "client-certificate-data: \"%s\", client-key-data: \"%s\""
        .formatted(base64(certificate), base64(key));
  }

  private static String exec(String command, String more) {
    return ("exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never,"
            + " env: [{name: PLACE, value: $HOME}], command: %s%s}")
        .formatted(command, more);
  }

  private static String credential(String status) {
    return "{\"apiVersion\": \"client.authentication.k8s.io/v1\", \"kind\": \"ExecCredential\","
        + " \"status\": {"
        + status
        + "}}";
  }

  private void plugin(String name, String command, String answer) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve(name),
            "#!/bin/sh\n" + command + "\ncat <<END\n" + answer.replace("\\n", "\\\\n") + "\nEND\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String lines(String pem) {
    return pem.replace("\n", "\\n");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private int run() {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    Console console =
        new Console(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            new BufferedReader(new StringReader("")),
            false,
            Clock.systemUTC());
    return KubectlProcess.run(console, "status", "web", "--kubeconfig", kubeconfig.toString());
  }
}
