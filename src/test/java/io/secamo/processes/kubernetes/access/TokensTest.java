package io.secamo.processes.kubernetes.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.AuthInfoBuilder;
import io.fabric8.kubernetes.api.model.ClusterBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token that runs out while the operator runs is replaced by the next one. */
class TokensTest {
  private static final Instant NINE = Instant.parse("2027-01-04T09:00:00Z");
  private final Turned clock = new Turned();
  @TempDir private Path folder;
  private Path answer;
  private CredentialPlugin plugin;

  @BeforeEach
  void aPluginThatSaysWhatStandsInAFile() throws IOException {
    answer = folder.resolve("answer");
    Path command = Files.writeString(folder.resolve("login"), "#!/bin/sh\ncat " + answer + "\n");
    Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
    AuthInfo user =
        new AuthInfoBuilder()
            .withNewExec()
            .withApiVersion("client.authentication.k8s.io/v1")
            .withCommand("./login")
            .withInteractiveMode("Never")
            .endExec()
            .build();
    Path kubeconfig = folder.resolve("config");
    plugin =
        new CredentialPlugin(
            new Entry<>("user", "me", user, kubeconfig),
            new Entry<>("cluster", "home", new ClusterBuilder().build(), kubeconfig));
  }

  @Test
  void aTokenInAFileIsReadAgainAndTheLastOneCountsWhileItCannotBe() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "first\n");
    TokenFile token = new TokenFile(file, "older");

    assertThat(token.getToken()).isEqualTo("first");
    Files.writeString(file, "second");
    assertThat(token.getToken()).isEqualTo("second");
    Files.writeString(file, "\n");
    assertThat(token.getToken()).isEqualTo("second");
    Files.delete(file);
    assertThat(token.getToken()).isEqualTo("second");
  }

  @Test
  void aPluginIsAskedAgainWhenItsTokenHasRunOutAndNotBefore() throws IOException {
    says("first", ", \"expirationTimestamp\": \"2027-01-04T09:10:00Z\"");
    PluginToken token = new PluginToken(plugin, plugin.ask(), clock);
    says("second", ", \"expirationTimestamp\": \"2027-01-04T09:20:00Z\"");

    clock.now = NINE.plus(Duration.ofMinutes(9));
    assertThat(token.getToken()).isEqualTo("first");
    clock.now = NINE.plus(Duration.ofMinutes(10));
    assertThat(token.getToken()).isEqualTo("second");
  }

  @Test
  void aPluginThatDoesNotSayHowLongIsAskedEveryMinute() throws IOException {
    says("first", "");
    PluginToken token = new PluginToken(plugin, plugin.ask(), clock);
    says("second", "");

    assertThat(token.getToken()).isEqualTo("first");
    clock.now = NINE.plus(Duration.ofMinutes(1));
    assertThat(token.getToken()).isEqualTo("second");
  }

  @Test
  void whileAPluginFailsTheLastTokenCounts() throws IOException {
    says("first", "");
    PluginToken token = new PluginToken(plugin, plugin.ask(), clock);
    Files.writeString(answer, "the network is down");

    clock.now = NINE.plus(Duration.ofMinutes(1));
    assertThat(token.getToken()).isEqualTo("first");
    says("second", "");
    assertThat(token.getToken()).as("it is not asked for each request").isEqualTo("first");
    clock.now = NINE.plus(Duration.ofMinutes(2));
    assertThat(token.getToken()).isEqualTo("second");
  }

  private void says(String token, String more) throws IOException {
    Files.writeString(
        answer,
        "{\"kind\": \"ExecCredential\", \"apiVersion\": \"client.authentication.k8s.io/v1\","
            + " \"status\": {\"token\": \""
            + token
            + "\""
            + more
            + "}}");
  }

  private static final class Turned extends Clock {
    private Instant now = NINE;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
