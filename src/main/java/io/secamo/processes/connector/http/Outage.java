package io.secamo.processes.connector.http;

import io.secamo.processes.connector.ConnectorFailure;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Tells what a broken call means: did nothing happen, or may it have happened? */
final class Outage {
  /** Java's words for it. */
  private static final String NO_TLS = "recognized SSL message";

  private final String system;
  private final boolean https;
  private final Request request;

  Outage(String system, boolean https, Request request) {
    this.system = system;
    this.https = https;
    this.request = request;
  }

  /** The call broke with this. */
  ConnectorFailure because(Throwable broken) {
    if (has(broken, CertificateException.class)) {
      return new ConnectorFailure.Refused(
          system
              + " shows a certificate that is not trusted ("
              + reason(broken)
              + "): put its authority's certificate in the key ca.crt of the Secret, or correct"
              + " the host name in the endpoint");
    }
    if (has(broken, LimitedBody.TooLong.class)) {
      return unusable("answered with far too much: is the endpoint right?");
    }
    if (has(broken, LimitedBody.NoRoom.class)) {
      return noRoom(broken);
    }
    if (neverSent(broken)) {
      return new ConnectorFailure.Transient(system + " cannot be reached: " + why(broken), broken);
    }
    return lost(has(broken, TimeoutException.class) ? "no answer in time" : why(broken), broken);
  }

  private ConnectorFailure noRoom(Throwable broken) {
    return request.changes()
        ? lost("there was no room for its answer", broken)
        : new ConnectorFailure.Transient(
            "too many long answers at a time: what " + system + " says is read later", broken);
  }

  /** The answer did not arrive, or not whole. */
  ConnectorFailure lost(String how, @Nullable Throwable cause) {
    return request.changes()
        ? new ConnectorFailure.Unknown(
            system + " may or may not have done " + request + ": " + how, cause)
        : new ConnectorFailure.Transient(system + " did not answer " + request + ": " + how, cause);
  }

  /** An answer arrived, and it is none of this system. */
  ConnectorFailure unusable(String how) {
    return request.changes()
        ? lost(how, null)
        : new ConnectorFailure.Refused(system + " " + how + " (" + request + ")");
  }

  private static boolean neverSent(Throwable broken) {
    return has(broken, ConnectException.class)
        || has(broken, HttpConnectTimeoutException.class)
        || has(broken, SSLHandshakeException.class)
        || noTls(broken);
  }

  /**
   * The other side answered the greeting of TLS with something else, as plain http does. Java says
   * so in two ways, of the first record only: nothing was sent yet.
   */
  private static boolean noTls(Throwable broken) {
    return has(broken, SSLException.class) && reason(broken).contains(NO_TLS);
  }

  private String why(Throwable broken) {
    if (has(broken, UnresolvedAddressException.class)) {
      return "its host name is unknown: is the endpoint right?";
    }
    if (has(broken, HttpConnectTimeoutException.class)) {
      return https
          ? "no connection in time. If something listens there, it may speak plain http"
          : "no connection in time";
    }
    if (noTls(broken)) {
      return "it does not speak https there, but perhaps plain http: is the endpoint right?";
    }
    if (has(broken, SSLHandshakeException.class)) {
      return "no TLS connection, " + reason(broken);
    }
    return has(broken, ConnectException.class)
        ? "connection refused"
        : "the connection broke, " + reason(broken);
  }

  private static String reason(Throwable broken) {
    Throwable deepest = broken;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String message = deepest.getMessage();
    return VendorText.shown(message == null ? "no reason given" : message, List.of());
  }

  private static boolean has(Throwable broken, Class<? extends Throwable> kind) {
    for (Throwable at = broken; at != null; at = at.getCause()) {
      if (kind.isInstance(at)) {
        return true;
      }
    }
    return false;
  }
}
