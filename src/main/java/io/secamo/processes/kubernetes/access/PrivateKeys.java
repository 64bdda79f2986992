package io.secamo.processes.kubernetes.access;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Reads private keys as kubectl does. Java reads PKCS #8 only; the two older forms become that one
 * by what stands around them. The client library (fabric8 7.8.0, {@code CertUtils}) takes every
 * PKCS #8 key for RSA, and the curve in front of a key for the key.
 */
final class PrivateKeys {
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final int PARAMETERS = 0xa0;
  private static final byte[] VERSION = HexFormat.of().parseHex("020100");

  /** rsaEncryption, 1.2.840.113549.1.1.1, with no parameters. */
  private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

  /** id-ecPublicKey, 1.2.840.10045.2.1; the curve stands behind it. */
  private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

  private PrivateKeys() {}

  /** The key in a block, whatever its label says; empty if it is of none of the kinds. */
  static Optional<PrivateKey> in(Pem block) {
    byte[] content = block.content();
    return pkcs8(content)
        .or(() -> pkcs8(tagged(SEQUENCE, VERSION, RSA, tagged(OCTETS, content))))
        .or(() -> curve(content).flatMap(curve -> pkcs8(ec(curve, content))));
  }

  private static Optional<PrivateKey> pkcs8(byte[] key) {
    return ALGORITHMS.stream().flatMap(algorithm -> pkcs8(algorithm, key).stream()).findFirst();
  }

  private static Optional<PrivateKey> pkcs8(String algorithm, byte[] key) {
    try {
      return Optional.of(
          KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(key)));
    } catch (GeneralSecurityException another) {
      return Optional.empty();
    }
  }

  private static byte[] ec(byte[] curve, byte[] key) {
    return tagged(SEQUENCE, VERSION, tagged(SEQUENCE, EC, curve), tagged(OCTETS, key));
  }

  /** What RFC 5915 has third in an ECPrivateKey: version, key, [0] curve. */
  private static Optional<byte[]> curve(byte[] key) {
    int at = behindHead(key, 0);
    for (int skipped = 0; skipped < 2 && at < key.length; skipped++) {
      at = end(key, at);
    }
    if (at >= key.length || (key[at] & 0xff) != PARAMETERS) {
      return Optional.empty();
    }
    int from = behindHead(key, at);
    int to = end(key, at);
    return from < to && to <= key.length
        ? Optional.of(Arrays.copyOfRange(key, from, to))
        : Optional.empty();
  }

  /** Keys are shorter than 64 kB: a length takes three bytes at most. Too far means broken. */
  private static int behindHead(byte[] der, int at) {
    int first = at + 1 < der.length ? der[at + 1] & 0xff : 0;
    return first < 0x80 ? at + 2 : at + 2 + (first & 0x7f);
  }

  private static int end(byte[] der, int at) {
    int behind = behindHead(der, at);
    if (behind > der.length || behind > at + 4) {
      return der.length;
    }
    int length = der[at + 1] & 0xff;
    if (behind > at + 2) {
      length = 0;
      for (int i = at + 2; i < behind; i++) {
        length = (length << 8) | (der[i] & 0xff);
      }
    }
    return behind + length;
  }

  private static byte[] tagged(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    int length = content.size();
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(tag);
    if (length < 0x80) {
      whole.write(length);
    } else {
      whole.write(0x82);
      whole.write(length >> 8);
      whole.write(length);
    }
    whole.writeBytes(content.toByteArray());
    return whole.toByteArray();
  }
}
