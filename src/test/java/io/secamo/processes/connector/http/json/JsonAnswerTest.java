package io.secamo.processes.connector.http.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.secamo.processes.systems.OwnJava;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonAnswerTest {
  private static final Map<String, String> FIELDS =
      Stream.of("security_groups", "security_group_rules", "id", "protocol", "description")
          .collect(Collectors.toMap(name -> name, name -> name));

  private static final String RULE =
      """
      {"id":"%s","tenant_id":"6f70656e737461636b2069732066756e","ethertype":"IPv4",
       "security_group_id":"11111111-1111-1111-1111-111111111111","direction":"ingress",
       "protocol":"tcp","port_range_min":443,"port_range_max":443,"remote_group_id":null,
       "remote_ip_prefix":"192.0.2.0/24","remote_address_group_id":null,"standard_attr_id":42,
       "normalized_cidr":"192.0.2.0/24","description":"who wants it, and why","tags":[],
       "created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-01T00:00:00Z",
       "revision_number":0,"project_id":"6f70656e737461636b2069732066756e"}\
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":{\"b\":[1,-2.5,1e400,12345678901234567890,\"x\\u00e9\",true,false,null,[],{}]}}",
        "[]",
        "null",
        "7",
        "\"text\""
      })
  void whatASystemSaysIsReadAsItSaysIt(String text) throws JsonProcessingException {
    assertThat(all(text).read()).isEqualTo(new ObjectMapper().readTree(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"a\":1,\"a\":2}", "{} {}", "<html>", "[1,]", "{\"a\":}", "nil"})
  void whatCanBeReadInTwoWaysIsNoAnswer(String text) {
    assertThat(all(text).read()).isNull();
  }

  @Test
  void whatNobodyAsksForIsNeitherKeptNorWeighed() {
    String other = "\"x\":[" + "{},".repeat(100_000) + "{}],\"y\":{\"id\":2}";
    JsonAnswer answer = new JsonAnswer("{\"id\":\"1\"," + other + "}", FIELDS);
    assertThat(answer.read()).hasToString("{\"id\":\"1\"}");
    assertThat(answer.weight()).isLessThan(500);
    assertThat(all("{" + other + "}").weight()).isGreaterThan(10_000_000);
  }

  /** A system chose long names, new ones with each answer, and the operator knew them for ever. */
  @Test
  void namesOfASystemAreNotKeptForEver() throws Exception {
    assertThat(all("{\"" + "x".repeat(1001) + "\":1}").read()).isNull();
    assertThat(OwnJava.said(OwnJava.INSTALLED, Names.class)).isEqualTo("all were read\n");
  }

  /** As many as a heap holds, each of its own. */
  static final class Names {
    public static void main(String[] arguments) {
      for (int i = 0; i < 300; i++) {
        String names =
            IntStream.range(0, 1000)
                .mapToObj(n -> "\"" + UUID.randomUUID() + "y".repeat(900) + "\":1")
                .collect(Collectors.joining(",", "{", "}"));
        assertThat(all(names).read()).hasSize(1000);
      }
      System.out.println("all were read");
    }
  }

  /** Beside what reads all of it in one go, as strictly. */
  @Test
  void fiveThousandRulesAreReadNotMuchSlower() throws JsonProcessingException {
    String text =
        IntStream.range(0, 5000)
            .mapToObj(i -> RULE.formatted(new UUID(1, i)))
            .collect(
                Collectors.joining(
                    ",", "{\"security_groups\":[{\"id\":\"1\",\"security_group_rules\":[", "]}]}"));
    ObjectMapper plain =
        new ObjectMapper(
            JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());
    long own = Long.MAX_VALUE;
    long other = Long.MAX_VALUE;
    for (int i = 0; i < 10; i++) {
      long begin = System.nanoTime();
      JsonAnswer answer = new JsonAnswer(text, FIELDS);
      assertThat(answer.weight()).isBetween(1, 8 * 1024 * 1024);
      JsonNode read = answer.read();
      long between = System.nanoTime();
      assertThat(plain.readTree(text).at("/security_groups/0/security_group_rules")).hasSize(5000);
      other = Math.min(other, System.nanoTime() - between);
      own = Math.min(own, between - begin);
      assertThat(read.at("/security_groups/0/security_group_rules")).hasSize(5000);
    }
    System.out.printf(
        "FIGURE ms to weigh and read 5,000 rules: %d, plainly %d%n",
        Duration.ofNanos(own).toMillis(), Duration.ofNanos(other).toMillis());
    assertThat(own).isLessThan(4 * other);
  }

  private static JsonAnswer all(String text) {
    return new JsonAnswer(text, Map.of());
  }
}
