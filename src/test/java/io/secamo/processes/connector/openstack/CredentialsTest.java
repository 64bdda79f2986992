package io.secamo.processes.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secamo.processes.api.orchestrator.ConnectionSpec;
import io.secamo.processes.connector.ConnectionSettings;
import io.secamo.processes.connector.ConnectorFailure;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CredentialsTest {
  private static final ConnectionSpec SPEC =
      new ConnectionSpec(
          ConnectionSpec.Type.OPEN_STACK,
          "https://keystone.example.com/v3",
          new ConnectionSpec.SecretRef("cloud"),
          null,
          null,
          null,
          null,
          null);

  private static ConnectionSettings with(String key, String value) {
    Map<String, String> secret = new HashMap<>();
    secret.put("username", "operator");
    secret.put("password", "pw-4711");
    secret.put("projectName", "demo");
    secret.put(key, value);
    return new ConnectionSettings("team-a", "cloud", SPEC, secret);
  }

  @Test
  void lineBreaksBehindAPasswordAreNoPartOfIt() {
    assertThat(Credentials.of(with("password", " p\nw \r\n\n")).password()).isEqualTo(" p\nw ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"username", "password", "projectName", "userDomain", "projectDomain"})
  void whatIsTooLongToBeUsedIsToldByItsKey(String key) {
    String endless = "\n".repeat(900_000) + "a";
    assertThatThrownBy(() -> Credentials.of(with(key, endless)))
        .isInstanceOf(ConnectorFailure.Unauthorized.class)
        .hasMessageContaining("Secret cloud in namespace team-a")
        .hasMessageContaining("no usable key " + key)
        .hasMessageContaining("900,001 characters")
        .hasMessageContaining("at most 4,096");
  }

  /** Who looks into the Secret finds the key there. */
  @Test
  void anEmptyPasswordIsNotToldAsAMissingKey() {
    assertThatThrownBy(() -> Credentials.of(with("password", "")))
        .isInstanceOf(ConnectorFailure.Unauthorized.class)
        .hasMessage("Secret cloud in namespace team-a: the key password is empty");
  }

  @Test
  void aMisspelledKeyIsFoundAmongThoseThatAreThereAndNoValueIsShown() {
    Map<String, String> misspelled = Map.of("username", "operator", "passwd", "pw-4711");
    assertThatThrownBy(
            () -> Credentials.of(new ConnectionSettings("team-a", "cloud", SPEC, misspelled)))
        .isInstanceOf(ConnectorFailure.Unauthorized.class)
        .hasMessage(
            "Secret cloud in namespace team-a has no key password (it has: passwd, username): add"
                + " it");
  }

  @Test
  void whatIsJustShortEnoughIsUsed() {
    String longest = "p".repeat(4096);
    assertThat(Credentials.of(with("password", longest)).password()).isEqualTo(longest);
  }

  @Test
  void aBundleOfAllAuthoritiesIsRefused() {
    String bundle = "-----BEGIN CERTIFICATE-----\n".repeat(3000);
    assertThatThrownBy(
            () -> new OpenStackFactory(Clock.systemUTC()).connect(with("ca.crt", bundle)))
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessageContaining("ca.crt holds 84,000 characters, at most 65,536")
        .hasMessageContaining(
            "keep only the certificate of the authority that signed the server's");
  }
}
