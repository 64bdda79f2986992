package io.secamo.processes.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.http.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Keystone may answer, and when. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SignInTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final CannedCloud cloud;

  SignInTest() throws IOException {
    cloud = new CannedCloud();
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whoFindsAnotherCallSigningInForLongIsToldToComeBack() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    cloud.beforeEachSignIn(
        () -> {
          begun.countDown();
          await(answered);
        });
    KeystoneSession session = cloud.session(Duration.ofMillis(20));
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<KeystoneSession.Project> first = threads.submit(session::project);
      await(begun);
      assertThatThrownBy(session::project)
          .isInstanceOf(ConnectorFailure.Throttled.class)
          .hasMessageContaining("another call is signing in to OpenStack just now");
      answered.countDown();
      assertThat(first.get().name()).isEqualTo("demo");
    } finally {
      answered.countDown();
    }
    assertThat(session.project().name()).isEqualTo("demo");
    assertThat(cloud.signIns()).isEqualTo(1);
  }

  @Test
  void callsThatComeWhileOneSignsInUseItsToken() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    cloud.beforeEachSignIn(() -> await(begun));
    KeystoneSession session = cloud.session(PATIENCE);
    List<Future<KeystoneSession.Project>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 8; i++) {
        all.add(threads.submit(session::project));
      }
      begun.countDown();
    }
    for (Future<KeystoneSession.Project> each : all) {
      assertThat(each.get().id()).isEqualTo("1f0c");
    }
    assertThat(cloud.signIns()).isEqualTo(1);
  }

  @Test
  void aNewSignInKeepsTheSocketsToTheNetworkService() {
    KeystoneSession session = cloud.session(PATIENCE);
    for (int i = 0; i < 5; i++) {
      session.renew();
      assertThat(session.send(Request.get("/v2.0/thing")).ok()).isTrue();
    }
    assertThat(cloud.signIns()).isEqualTo(5);
    assertThat(cloud.endpoints()).isEqualTo(1);
    cloud.movingNeutronTo("/elsewhere");
    session.renew();
    assertThat(session.send(Request.get("/v2.0/thing")).status()).isEqualTo(404);
    assertThat(cloud.endpoints()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1f0c) at https://elsewhere.example.com", "1f0c, region Two", "a b"})
  void aProjectWhoseIdCouldBeTakenForOtherWordsOfAnAccountIsRefused(String id) {
    cloud.withProject(id, "demo");
    assertThatThrownBy(cloud.session(PATIENCE)::project)
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessageContaining("as id of the project");
  }

  /** Who names projects writes among the words that approvers read. */
  @Test
  void theNameOfAProjectHidesNothingOfWhatIsReadBehindIt() {
    cloud.withProject("1f0c", "demo\r\nApproved:\t yes\u0007" + "x".repeat(5000));
    assertThat(cloud.session(PATIENCE).project().name())
        .startsWith("'demo Approved: yes\ufffdxxx")
        .hasSize(66)
        .endsWith("…'");
    cloud.withProject("1f0c", "pro\u200bduction\u2060");
    assertThat(cloud.session(PATIENCE).project().name()).isEqualTo("'pro\ufffdduction\ufffd'");
    cloud.withProject("1f0c", "good (1234) at https://good.example' x");
    assertThat(cloud.session(PATIENCE).project().name())
        .isEqualTo("'good [1234] at https://good.example’ x'");
    cloud.withProject("1f0c", "Grüße-1.prod_x");
    assertThat(cloud.session(PATIENCE).project().name()).isEqualTo("Grüße-1.prod_x");
  }

  /** Vendors repeat what was sent, in whatever spelling their own error pages use. */
  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 409, 500})
  void whatASystemSaysOfARejectedSignInIsNotShown(int status) {
    cloud.refusingSignIn(
        status, "{\"error\": {\"message\": \"no user with pw%2D4711 or cHctNDcxMQ==\"}}");
    assertThatThrownBy(cloud.session(PATIENCE)::project)
        .isInstanceOf(ConnectorFailure.class)
        .hasMessageContaining("HTTP " + status)
        .as("nothing of it, also what is no spelling of a secret that we know")
        .hasMessageNotContaining("no user with")
        // Not the digits alone: the number of a port may have them.
        .hasMessageNotContaining("2D4711")
        .hasMessageNotContaining("cHct");
  }

  /** Whoever asks again with them would sign in again: that may lock the user out. */
  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void credentialsThatAreNotAcceptedAreToldAsASignInThatFailed(int status) {
    cloud.refusingSignIn(status, "{}");
    assertThatThrownBy(cloud.session(PATIENCE)::project)
        .isInstanceOf(ConnectorFailure.NotLetIn.class)
        .hasMessageContaining("check the keys username, password");
  }

  @Test
  void aTokenThatNoServerWouldReadIsRefused() {
    cloud.givingToken("t".repeat(16_385));
    assertThatThrownBy(cloud.session(PATIENCE)::project)
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessageContaining("a token of more than 16384 characters")
        .hasMessageNotContaining("ttt");
  }
}
