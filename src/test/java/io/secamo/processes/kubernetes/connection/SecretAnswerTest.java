package io.secamo.processes.kubernetes.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SecretAnswerTest {
  private static final int TENTH = SecretAnswer.MOST / 10;

  @Test
  void valuesThatAreShortButTogetherTooLongAreNotKept() throws IOException {
    assertThat(read("", values(10)).entries()).hasSize(10);
    assertThatThrownBy(() -> read("", values(11))).isInstanceOf(SecretAnswer.TooLong.class);
  }

  @Test
  void whatElseStandsInASecretDoesNotCount() throws IOException {
    String much = "x".repeat(TENTH);
    String annotations =
        IntStream.range(0, 20)
            .mapToObj(i -> "\"a%d\":\"%s\"".formatted(i, much))
            .collect(Collectors.joining(","));

    SecretAnswer.Credentials read = read(annotations, "\"token\":\"c2VjcmV0Cg==\"");

    assertThat(read.version()).isEqualTo("7");
    assertThat(read.entries()).containsOnlyKeys("token").containsEntry("token", "secret");
  }

  /** Each a tenth of what is allowed. */
  private static String values(int count) {
    String value = "A".repeat(TENTH / 4 * 4);
    return IntStream.range(0, count)
        .mapToObj(i -> "\"k%d\":\"%s\"".formatted(i, value))
        .collect(Collectors.joining(","));
  }

  private static SecretAnswer.Credentials read(String annotations, String data) throws IOException {
    String answer =
        """
        {"kind": "Secret", "metadata": {"annotations": {%s}, "resourceVersion": "7"},
         "data": {%s}}
        """
            .formatted(annotations, data);
    return SecretAnswer.read(new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)));
  }
}
