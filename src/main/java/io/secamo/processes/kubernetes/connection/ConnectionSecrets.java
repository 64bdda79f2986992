package io.secamo.processes.kubernetes.connection;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.secamo.processes.api.Names;
import io.secamo.processes.api.orchestrator.ConnectionSpec;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.kubernetes.reading.SharedReads;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Reads the Secrets that Connections name. */
final class ConnectionSecrets {
  private final KubernetesClient client;
  private final SharedReads<Secret> secrets = new SharedReads<>();

  ConnectionSecrets(KubernetesClient client) {
    this.client = client;
  }

  /**
   * What a Secret holds.
   *
   * @param version changes with each of its entries
   */
  record Credentials(String version, Map<String, String> entries) {}

  /** What the Secret holds that a Connection names; nothing if it names none. */
  Credentials credentials(String namespace, String connection, ConnectionSpec spec) {
    if (spec.secretRef() == null) {
      return new Credentials("", Map.of());
    }
    Secret secret = secret(namespace, connection, spec.secretRef().name());
    Map<String, String> entries = new HashMap<>();
    if (secret.getData() != null) {
      secret
          .getData()
          .forEach(
              (key, value) ->
                  entries.put(
                      key,
                      new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)
                          .strip()));
    }
    return new Credentials(secret.getMetadata().getResourceVersion(), entries);
  }

  private Secret secret(String namespace, String connection, String name) {
    String what = namespace + "/" + connection + "/" + name;
    return secrets.read(what, () -> readSecret(namespace, connection, name));
  }

  private Secret readSecret(String namespace, String connection, String name) {
    try {
      Secret secret = client.secrets().inNamespace(namespace).withName(plain(name)).get();
      if (secret == null) {
        throw new ConnectorFailure.Unauthorized(
            "there is no Secret "
                + name
                + " in namespace "
                + namespace
                + ", which Connection "
                + connection
                + " names: create it");
      }
      return secret;
    } catch (KubernetesClientException e) {
      if (e.getCode() == 403) {
        throw new ConnectorFailure.Unauthorized(
            "the operator may not read Secret "
                + name
                + " in namespace "
                + namespace
                + ": bind ClusterRole processes-connection-secrets to its ServiceAccount in that"
                + " namespace");
      }
      throw new ConnectorFailure.Transient("Secret " + name + " could not be read", e);
    }
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
