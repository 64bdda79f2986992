package io.secamo.processes.kubernetes.connection;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.secamo.processes.api.Names;
import io.secamo.processes.api.orchestrator.ConnectionSpec;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.kubernetes.connection.SecretAnswer.Credentials;
import io.secamo.processes.kubernetes.reading.SharedReads;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads the Secrets that Connections name. */
final class ConnectionSecrets {
  private static final int PATIENCE_SECONDS = 30;

  private final KubernetesClient client;
  private final SharedReads<Credentials> secrets = new SharedReads<>();

  ConnectionSecrets(KubernetesClient client) {
    this.client = client;
  }

  /** What the Secret holds that a Connection names; nothing if it names none. */
  Credentials credentials(String namespace, String connection, ConnectionSpec spec) {
    if (spec.secretRef() == null) {
      return new Credentials("", Map.of());
    }
    String name = spec.secretRef().name();
    String what = namespace + "/" + connection + "/" + name;
    return secrets.read(what, () -> read(namespace, connection, name));
  }

  private Credentials read(String namespace, String connection, String name) {
    HttpResponse<InputStream> answer = answer(namespace, name);
    try (InputStream body = answer.body()) {
      if (answer.isSuccessful()) {
        return SecretAnswer.read(body);
      }
    } catch (SecretAnswer.TooLong tooLong) {
      throw new ConnectorFailure.Unauthorized(
          "Secret "
              + name
              + " in namespace "
              + namespace
              + " holds more than 512 KiB: leave only what Connection "
              + connection
              + " needs in it");
    } catch (IOException broken) {
      throw notRead(name, broken);
    }
    throw switch (answer.code()) {
      case 404 ->
          new ConnectorFailure.Unauthorized(
              "there is no Secret "
                  + name
                  + " in namespace "
                  + namespace
                  + ", which Connection "
                  + connection
                  + " names: create it");
      case 403 ->
          new ConnectorFailure.Unauthorized(
              "the operator may not read Secret "
                  + name
                  + " in namespace "
                  + namespace
                  + ": bind ClusterRole processes-connection-secrets to its ServiceAccount there:"
                  + " kubectl apply -n "
                  + namespace
                  + " -f examples/real/access.yaml");
      default -> notRead(name, new IOException("HTTP " + answer.code()));
    };
  }

  private HttpResponse<InputStream> answer(String namespace, String name) {
    String path = "api/v1/namespaces/%s/secrets/%s".formatted(namespace, plain(name));
    HttpRequest request =
        client
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(URI.create(client.getMasterUrl() + path))
            .build();
    try {
      return client
          .getHttpClient()
          .sendAsync(request, InputStream.class)
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw notRead(name, stopped);
    } catch (ExecutionException | TimeoutException broken) {
      throw notRead(name, broken);
    }
  }

  private static ConnectorFailure.Transient notRead(String name, Exception why) {
    return new ConnectorFailure.Transient("Secret " + name + " could not be read", why);
  }

  /** The client puts a name into the address as it is: what is none could lead anywhere. */
  static String plain(String name) {
    if (!name.matches(Names.PATTERN)) {
      throw new ConnectorFailure.Refused(
          "'" + name + "' cannot be a name: " + Names.MESSAGE + ", in a new request");
    }
    return name;
  }
}
