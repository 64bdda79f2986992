package io.secamo.processes.connector.openstack;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.secamo.processes.connector.ConnectionSettings;
import io.secamo.processes.connector.http.Request;
import io.secamo.processes.text.Trailing;

/**
 * User, password and project of the Secret. Domains are given by name.
 *
 * @param password never shown
 */
record Credentials(
    String username, String password, String project, String userDomain, String projectDomain) {

  static Credentials of(ConnectionSettings settings) {
    return new Credentials(
        settings.needed("username").strip(),
        Trailing.cut("\r\n", settings.needed("password")),
        settings.needed("projectName").strip(),
        settings.credential("userDomain", "Default").strip(),
        settings.credential("projectDomain", "Default").strip());
  }

  /** The sign-in of Keystone's Identity API v3: password, scoped to the project. */
  Request signIn() {
    ObjectNode auth = JsonNodeFactory.instance.objectNode();
    ObjectNode identity = auth.putObject("identity");
    identity.putArray("methods").add("password");
    ObjectNode user = identity.putObject("password").putObject("user");
    user.put("name", username).put("password", password);
    user.putObject("domain").put("name", userDomain);
    ObjectNode scope = auth.putObject("scope").putObject("project").put("name", project);
    scope.putObject("domain").put("name", projectDomain);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("auth", auth);
    // Nothing can be taken back without it.
    return Request.ask("/auth/tokens", body).signingIn(password).takingBack();
  }

  @Override
  public String toString() {
    return "credentials of " + username + " in project " + project;
  }
}
