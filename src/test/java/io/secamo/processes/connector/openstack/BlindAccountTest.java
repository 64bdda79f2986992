package io.secamo.processes.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secamo.processes.connector.ConnectorFailure;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * An account of the same project that may not look: Neutron answers it as if nothing were there.
 * What is live is not gone because somebody swapped the Secret for one of such a user.
 */
class BlindAccountTest {
  private static final String NO_RULE = error("SecurityGroupRuleNotFound");
  private static final String NO_GROUP = error("SecurityGroupNotFound");
  private static final String NOTHING = "{\"security_groups\":[]}";
  private static final String DEFAULT = "{\"security_groups\":[{\"id\":\"d1\"}]}";
  private final CannedCloud cloud;
  private final OpenStackFirewall firewall;

  BlindAccountTest() throws IOException {
    cloud = new CannedCloud().withStatus(path -> byId(path) ? 404 : 200);
    KeystoneSession session = cloud.session(Duration.ofSeconds(40));
    firewall = new OpenStackFirewall(session, new SecurityGroups(session), Duration.ofSeconds(30));
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  private static String error(String type) {
    return "{\"NeutronError\":{\"type\":\"" + type + "\",\"message\":\"not found\"}}";
  }

  /** A call for one thing by its id, which this Neutron does not show. */
  private static boolean byId(String path) {
    return path.startsWith("/v2.0/security-group-rules/")
        || path.startsWith("/v2.0/security-groups/");
  }

  private static String alone(String path, String noGroup) {
    return path.startsWith("/v2.0/security-groups/") ? noGroup : NO_RULE;
  }

  @Test
  void aGroupIsNotGoneForWhoIsShownNothing() {
    cloud.answering(path -> byId(path) ? alone(path, NO_GROUP) : NOTHING);
    assertThatThrownBy(() -> firewall.group("g1"))
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessage(
            "OpenStack Neutron shows no security group of project demo, not even 'default': give"
                + " the user of the Secret a role that may see them");
  }

  @Test
  void aGroupThatIsHiddenIsNotGone() {
    cloud.answering(path -> byId(path) ? alone(path, error("HTTPNotFound")) : listed(path));
    assertThatThrownBy(() -> firewall.group("g1"))
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessageContaining("does not list security group g1");
  }

  @Test
  void aGroupThatIsShownByItsIdIsNotGoneBecauseNoListHasIt() {
    cloud
        .withStatus(path -> 200)
        .answering(path -> byId(path) ? "{\"security_group\":{\"id\":\"g1\"}}" : listed(path));
    assertThatThrownBy(() -> firewall.group("g1"))
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessageContaining("does not list security group g1 and shows it by its id");
  }

  @Test
  void aGroupIsGoneIfNeutronSaysSoToWhoSeesOthers() {
    cloud.answering(path -> byId(path) ? alone(path, NO_GROUP) : listed(path));
    assertThat(firewall.group("g1")).isEmpty();
  }

  @Test
  void whoIsShownNothingIsNotReady() {
    cloud.answering(path -> NOTHING);
    assertThatThrownBy(firewall::check)
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessageContaining("a role that may see them");
    cloud.answering(path -> DEFAULT);
    assertThat(firewall.check()).isEqualTo(firewall.account());
  }

  @Test
  void whoIsShownNothingIsNotToldThatTheNameIsWrong() {
    cloud.answering(path -> NOTHING);
    assertThatThrownBy(() -> firewall.observe("web"))
        .isInstanceOf(ConnectorFailure.Refused.class)
        .isNotInstanceOf(ConnectorFailure.Misnamed.class)
        .hasMessageContaining("a role that may see them");
  }

  /** A web page, or another service. */
  @Test
  void whatAnswersSomethingElseThanGroupsIsNotReady() {
    for (String other :
        new String[] {
          "{}", "[]", "{\"versions\":[]}", "{\"security_groups\":{}}", "{\"security_groups\":[{}]}"
        }) {
      cloud.answering(path -> other);
      assertThatThrownBy(firewall::check)
          .as(other)
          .isInstanceOf(ConnectorFailure.Refused.class)
          .hasMessageContaining("OpenStack");
    }
  }

  /** Every list has the group of each project, and none the one that is asked for. */
  private static String listed(String path) {
    return path.contains("&id=") ? NOTHING : DEFAULT;
  }
}
