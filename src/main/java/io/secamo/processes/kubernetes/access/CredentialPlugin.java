package io.secamo.processes.kubernetes.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.ExecConfig;
import io.secamo.processes.kubernetes.access.Entry.Named;
import io.secamo.processes.text.Limit;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A program that logs a person in, as client-go calls it ("client-go credential plugins"). The
 * client library (fabric8 7.8.0, {@code KubeConfigUtils}) calls it through a shell, which reads
 * signs in its arguments, takes what it says to people for its answer, and goes on without
 * credentials when it fails.
 */
final class CredentialPlugin {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST = 1 << 20;
  private static final int LONGEST_HINT = 300;

  private final Entry<AuthInfo> user;
  private final ExecConfig exec;
  private final Cluster cluster;
  private final Entry<Cluster> named;

  CredentialPlugin(Entry<AuthInfo> user, Entry<Cluster> named) {
    this.user = user;
    this.exec = user.value().getExec();
    this.named = named;
    this.cluster = named.value();
  }

  /** What it answered; a token that runs out, or a certificate, or both. */
  record Answer(
      @Nullable String token, Optional<Instant> until, Optional<ClientCertificate> certificate) {}

  /**
   * Calls it. What it says to people is seen by whoever called us.
   *
   * @throws UnknownCluster if it gives no credentials
   */
  Answer ask() {
    if (exec.getCommand() == null || exec.getCommand().isBlank()) {
      throw user.wrong("exec names no command; log in again, or name one");
    }
    JsonNode credential = credential(output());
    JsonNode status = credential.path("status");
    String token = status.path("token").asText("");
    String certificate = status.path("clientCertificateData").asText("");
    String key = status.path("clientKeyData").asText("");
    if (token.isEmpty() && (certificate.isEmpty() || key.isEmpty())) {
      throw wrong("gave neither a token nor a certificate; log in again");
    }
    if (!token.isEmpty() && !TokenFile.usable(token)) {
      throw wrong("gave a token with blanks or line breaks in it; log in again");
    }
    return new Answer(
        token.isEmpty() ? null : token,
        until(status.path("expirationTimestamp").asText("")),
        certificate.isEmpty() || key.isEmpty()
            ? Optional.empty()
            : Optional.of(
                ClientCertificate.of(
                    new Named(user, "clientCertificateData of its plugin", certificate),
                    new Named(user, "clientKeyData of its plugin", key))));
  }

  private JsonNode credential(String output) {
    String version = Objects.requireNonNullElse(exec.getApiVersion(), "");
    try {
      JsonNode answer = JSON.readTree(output);
      if (answer.path("kind").asText().equals("ExecCredential")
          && answer.path("apiVersion").asText().equals(version)) {
        return answer;
      }
    } catch (JsonProcessingException somethingElse) {
      throw noCredential(version);
    }
    throw noCredential(version);
  }

  private UnknownCluster noCredential(String version) {
    return wrong(
        "gave no ExecCredential of " + version + "; call it yourself to see why, or log in again");
  }

  private static Optional<Instant> until(String timestamp) {
    try {
      return timestamp.isEmpty() || timestamp.equals("null")
          ? Optional.empty()
          : Optional.of(Instant.parse(timestamp));
    } catch (DateTimeParseException unreadable) {
      return Optional.empty();
    }
  }

  private String output() {
    Process process;
    try {
      process = start();
    } catch (IOException e) {
      String hint = Objects.requireNonNullElse(exec.getInstallHint(), "");
      throw wrong(
          "cannot be started; install it, or log in another way"
              + (hint.isBlank() ? "" : ": " + Limit.to(LONGEST_HINT, words(hint))));
    }
    try {
      byte[] output = process.getInputStream().readNBytes(MOST);
      int status = process.waitFor();
      if (status != 0) {
        throw wrong("ended with " + status + "; call it yourself to see why, or log in again");
      }
      return new String(output, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw wrong("said nothing; call it yourself to see why, or log in again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw wrong("was interrupted; try again");
    } finally {
      process.destroy();
    }
  }

  private static String words(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  private Process start() throws IOException {
    String command = exec.getCommand();
    boolean beside = command.contains(File.separator);
    List<String> words = new ArrayList<>();
    words.add(beside ? user.beside(command).normalize().toString() : command);
    words.addAll(exec.getArgs() == null ? List.of() : exec.getArgs());
    String mode = Objects.requireNonNullElse(exec.getInteractiveMode(), "IfAvailable");
    boolean interactive = !mode.equals("Never") && atTerminal();
    if (mode.equals("Always") && !interactive) {
      throw wrong("asks people, and there is no terminal to ask at; call it from a terminal");
    }
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectInput(
                interactive
                    ? ProcessBuilder.Redirect.INHERIT
                    : ProcessBuilder.Redirect.from(new File("/dev/null")));
    if (exec.getEnv() != null) {
      exec.getEnv().forEach(v -> builder.environment().put(v.getName(), v.getValue()));
    }
    builder.environment().put("KUBERNETES_EXEC_INFO", about(interactive));
    return builder.start();
  }

  /** Java does not say it the same way in its versions. */
  private static boolean atTerminal() {
    try {
      return new ProcessBuilder("test", "-t", "0")
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .start()
              .waitFor()
          == 0;
    } catch (IOException unknown) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private String about(boolean interactive) throws IOException {
    ObjectNode about = JSON.createObjectNode();
    about.put("kind", "ExecCredential").put("apiVersion", exec.getApiVersion());
    ObjectNode spec = about.putObject("spec").put("interactive", interactive);
    if (Boolean.TRUE.equals(exec.getProvideClusterInfo())) {
      ObjectNode told = spec.putObject("cluster").put("server", cluster.getServer());
      told.put("insecure-skip-tls-verify", cluster.getInsecureSkipTlsVerify());
      told.put("tls-server-name", cluster.getTlsServerName());
      told.put("proxy-url", cluster.getProxyUrl());
      told.put("certificate-authority-data", authority());
      told.set("config", config());
      told.properties().removeIf(field -> field.getValue().isNull());
    }
    return JSON.writeValueAsString(about);
  }

  private @Nullable String authority() throws IOException {
    String data = cluster.getCertificateAuthorityData();
    String path = cluster.getCertificateAuthority();
    return (data == null || data.isEmpty()) && path != null && !path.isEmpty()
        ? Base64.getEncoder().encodeToString(Files.readAllBytes(named.beside(path)))
        : data;
  }

  /** What a cluster has for its plugins. */
  private JsonNode config() {
    return cluster.getExtensions() == null
        ? JSON.nullNode()
        : cluster.getExtensions().stream()
            .filter(e -> "client.authentication.k8s.io/exec".equals(e.getName()))
            .findFirst()
            .<JsonNode>map(e -> JSON.valueToTree(e.getExtension()))
            .orElse(JSON.nullNode());
  }

  private UnknownCluster wrong(String what) {
    return user.wrong("the plugin " + exec.getCommand() + " " + what);
  }
}
