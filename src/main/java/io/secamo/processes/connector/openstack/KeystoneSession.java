package io.secamo.processes.connector.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.http.HttpEndpoint;
import io.secamo.processes.connector.http.Request;
import io.secamo.processes.connector.http.Response;
import io.secamo.processes.connector.http.VendorText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Signed in at OpenStack: calls the network service with a token that is kept until shortly before
 * it expires, and signs in once more when it is turned down. For any number of threads.
 */
final class KeystoneSession {
  private static final Duration EARLY = Duration.ofMinutes(1);

  /** Web servers read no longer headers, so no call could be made with a longer one. */
  private static final int LONGEST_TOKEN = 16_384;

  /**
   * Longer than a sign-in takes at a Keystone that is well, a good deal shorter than one may take:
   * else calls to one that is silent would wait for each other, half a minute each.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final HttpEndpoint keystone;
  private final Credentials credentials;
  private final Catalog catalog;
  private final Clock clock;
  private final Duration patience;
  private final ReentrantLock signingIn = new ReentrantLock();
  private volatile @Nullable Pass current;

  KeystoneSession(HttpEndpoint keystone, Credentials credentials, Catalog catalog, Clock clock) {
    this(keystone, credentials, catalog, clock, PATIENCE);
  }

  /**
   * With a patience of one's own.
   *
   * @param patience how long a call waits while another one signs in
   */
  KeystoneSession(
      HttpEndpoint keystone,
      Credentials credentials,
      Catalog catalog,
      Clock clock,
      Duration patience) {
    this.keystone = keystone;
    this.credentials = credentials;
    this.catalog = catalog;
    this.clock = clock;
    this.patience = patience;
  }

  /**
   * A project in which we are signed in.
   *
   * @param id as OpenStack knows it
   * @param name as people know it
   * @param region in which its network service is; empty if the catalogue names none
   */
  record Project(String id, String name, String region) {}

  /** A token and what came with it. Not a record: it must not show the token. */
  private static final class Pass {
    private final String token;
    private final Instant until;
    private final Project project;
    private final HttpEndpoint network;

    Pass(String token, Instant until, Project project, HttpEndpoint network) {
      this.token = token;
      this.until = until;
      this.project = project;
      this.network = network;
    }
  }

  /** The project of our credentials. */
  Project project() {
    return valid().project;
  }

  /** Signs in, also if there is a token that has not expired. */
  void renew() {
    Pass unused = renewed(current);
  }

  /** Address of Keystone, for people. */
  String address() {
    return keystone.address();
  }

  /**
   * Calls the network service.
   *
   * @throws ConnectorFailure.Unauthorized if even a fresh token is turned down
   */
  Response send(Request request) {
    Pass pass = valid();
    Response answer = with(pass, request);
    if (answer.status() == 401) {
      // Turned down before anything was done, so any request can be repeated.
      answer = with(renewed(pass), request);
    }
    if (answer.status() == 401) {
      throw new ConnectorFailure.Unauthorized(
          "OpenStack Neutron does not accept a fresh token of Keystone: its own settings for"
              + " Keystone are wrong"
              + answer.explained());
    }
    return answer;
  }

  private static Response with(Pass pass, Request request) {
    return pass.network.send(request.withSecret("X-Auth-Token", pass.token));
  }

  private Pass valid() {
    Pass known = current;
    return known != null && clock.instant().isBefore(known.until) ? known : renewed(known);
  }

  /** One thread signs in; those that saw the same old token take its result. */
  private Pass renewed(@Nullable Pass old) {
    takeTurn();
    try {
      Pass known = current;
      boolean newer = known != null && !known.equals(old) && clock.instant().isBefore(known.until);
      Pass fresh = newer && known != null ? known : signIn();
      current = fresh;
      return fresh;
    } finally {
      signingIn.unlock();
    }
  }

  /** Who gets no turn is told to come back, and holds up nothing meanwhile. */
  private void takeTurn() {
    try {
      if (!signingIn.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new ConnectorFailure.Throttled(
            "another call is signing in to OpenStack just now", PATIENCE);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new ConnectorFailure.Transient("we were stopped while signing in", stopped);
    }
  }

  private Pass signIn() {
    Response answer = keystone.send(credentials.signIn());
    if (answer.status() == 404) {
      answer.orRefuse("there is no Keystone at " + address() + ": does the endpoint end in /v3?");
    }
    JsonNode token = letIn(answer).body().path("token");
    String secret = answer.header("x-subject-token").orElse("");
    JsonNode project = token.path("project");
    if (secret.isEmpty() || project.path("id").asText().isEmpty()) {
      throw new ConnectorFailure.Refused(
          keystone.system() + " gave no token for a project: is the endpoint right?");
    }
    if (secret.length() > LONGEST_TOKEN) {
      throw new ConnectorFailure.Refused(
          keystone.system()
              + " gave a token of more than "
              + LONGEST_TOKEN
              + " characters: have it give Fernet tokens");
    }
    Catalog.Network network = catalog.network(token.path("catalog"));
    return new Pass(
        secret,
        until(token.path("expires_at").asText()),
        new Project(
            Identifier.of("id of the project", project.path("id").asText()),
            VendorText.name(project.path("name").asText()),
            network.region()),
        network.endpoint());
  }

  private Response letIn(Response answer) {
    try {
      return answer.orRefuse(
          keystone.system()
              + " does not accept the credentials: check the keys username, password,"
              + " projectName, userDomain and projectDomain of the Secret, and that the user"
              + " has a role in the project");
    } catch (ConnectorFailure.Unauthorized no) {
      throw new ConnectorFailure.NotLetIn(String.valueOf(no.getMessage()));
    }
  }

  /** Halfway if the token lives so short that a minute early would be at once. */
  private Instant until(String expires) {
    Instant now = clock.instant();
    try {
      Duration life = Duration.between(now, Instant.parse(expires));
      return now.plus(
          life.compareTo(EARLY.multipliedBy(2)) < 0 ? life.dividedBy(2) : life.minus(EARLY));
    } catch (DateTimeParseException odd) {
      return now.plus(EARLY);
    }
  }
}
