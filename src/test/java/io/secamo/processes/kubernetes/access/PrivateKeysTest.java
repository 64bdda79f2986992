package io.secamo.processes.kubernetes.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;

/** A broken key is no key; it never ends anything. */
class PrivateKeysTest {
  @Test
  void anOldKeyIsReadAndWithoutItsCurveItIsNone() throws Exception {
    BigInteger secret = BigInteger.TEN.pow(60);
    byte[] with = sec1(secret);
    byte[] without = new org.bouncycastle.asn1.sec.ECPrivateKey(256, BigInteger.TEN).getEncoded();

    assertThat(read(with)).map(read -> ((ECPrivateKey) read).getS()).contains(secret);
    assertThat(read(without)).isEmpty();
  }

  @Test
  void aKeyThatIsCutOffOrChangedAnywhereIsReadOrNot() throws Exception {
    byte[] key = sec1(BigInteger.TEN.pow(60));
    assertThat(read(key)).isPresent();
    for (int at = 0; at < key.length; at++) {
      assertThat(read(Arrays.copyOf(key, at))).as("%d bytes", at).isEmpty();
      for (int value : new int[] {0, 1, 0x7f, 0x80, 0x81, 0x84, 0xa0, 0xff}) {
        byte[] changed = key.clone();
        changed[at] = (byte) value;
        assertThat(read(changed)).isNotNull();
      }
    }
  }

  @Test
  void blocksAreFoundAmongAnythingAndUnfinishedOnesAreNone() {
    assertThat(labels("a\n-----BEGIN A-----\nQUJD\n-----END A-----\nb")).containsExactly("A");
    assertThat(labels("-----BEGIN A-----\n-----BEGIN B-----\nQUJD\n-----END B-----\n")).isEmpty();
    assertThat(
            labels("-----BEGIN A-----\nQ-----END B-----\n-----BEGIN C-----\nQUJD\n-----END C-----"))
        .containsExactly("C");
    assertThat(labels("-----BEGIN A-----\nQUJD\n-----END")).isEmpty();
    assertThat(labels("-----BEGIN ".repeat(50_000))).isEmpty();
    assertThat(Pem.in("-----BEGIN A-----\n%%\n-----END A-----").get(0).content()).isEmpty();
    assertThat(
            Pem.in("-----BEGIN A-----\nProc-Type: 4,ENCRYPTED\n\nQUJD\n-----END A-----")
                .get(0)
                .encrypted())
        .isTrue();
  }

  private static List<String> labels(String text) {
    return Pem.in(text).stream().map(Pem::label).toList();
  }

  private static Optional<java.security.PrivateKey> read(byte[] der) {
    String text = Base64.getEncoder().encodeToString(der);
    return PrivateKeys.in(
        Pem.in("-----BEGIN EC PRIVATE KEY-----\n" + text + "\n-----END EC PRIVATE KEY-----")
            .get(0));
  }

  private static byte[] sec1(BigInteger secret) throws Exception {
    return new org.bouncycastle.asn1.sec.ECPrivateKey(256, secret, X9ObjectIdentifiers.prime256v1)
        .getEncoded();
  }
}
