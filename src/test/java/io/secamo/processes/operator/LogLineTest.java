package io.secamo.processes.operator;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

/** What the operator logs, by the configuration that is shipped. */
class LogLineTest {
  private static final ObjectMapper STRICT =
      new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
  private static final Instant NINE = Instant.parse("2027-01-04T09:00:00.123456789Z");

  private final LoggerContext context = new LoggerContext();

  LogLineTest() {
    context.setMDCAdapter(new LogbackMDCAdapter());
  }

  @Test
  void timesAreReadableAndSort() throws Exception {
    assertThat(line(event(NINE, "noon")))
        .startsWith(
            "{\"time\":\"2027-01-04T09:00:00.123Z\",\"level\":\"INFO\",\"message\":\"live until"
                + " noon\"")
        .endsWith("}\n");
    LoggingEvent round = event(Instant.parse("2027-01-04T09:00:00Z"), "noon");
    assertThat(fields(round).path("time").asText()).isEqualTo("2027-01-04T09:00:00.000Z");
  }

  @Test
  void eachKeyIsThereOnceAndNothingIsNull() throws Exception {
    LoggingEvent event = event(NINE, "noon");
    event.setMDCPropertyMap(
        Map.of(
            "name", "web",
            "namespace", "team-a",
            "resource.name", "web",
            "resource.generation", "1",
            "message", "forged"));
    event.setKeyValuePairs(
        List.of(
            new KeyValuePair("name", "web"),
            new KeyValuePair("step", null),
            new KeyValuePair("state", "InForce")));

    JsonNode fields = fields(event);
    assertThat(fields.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "time", "level", "message", "logger", "name", "namespace", "generation", "state");
    assertThat(fields.path("name").asText()).isEqualTo("web");
    assertThat(fields.path("message").asText()).isEqualTo("live until noon");
  }

  @Test
  void aStackTraceStaysInItsLine() throws Exception {
    LoggingEvent event = event(NINE, "noon");
    event.setThrowableProxy(
        new ThrowableProxy(new IllegalStateException("broken", new RuntimeException("because"))));
    assertThat(line(event).strip()).doesNotContain("\n");
    assertThat(fields(event).path("error").asText())
        .startsWith("java.lang.IllegalStateException: broken")
        .contains("\tat ", "Caused by: java.lang.RuntimeException: because");
  }

  @Test
  void nothingThatSomebodyWroteIsObeyedByATerminal() throws Exception {
    String written = "\u001b[2J\u202e\u009b\nx";
    assertThat(line(event(NINE, written)).strip()).matches("[ -~]+");
    assertThat(fields(event(NINE, written)).path("message").asText())
        .isEqualTo("live until " + written);
  }

  private LoggingEvent event(Instant when, String until) {
    LoggingEvent event = new LoggingEvent();
    event.setLoggerContext(context);
    event.setLoggerName("processes.transitions");
    event.setLevel(Level.INFO);
    event.setInstant(when);
    event.setMessage("live until {}");
    event.setArgumentArray(new Object[] {until});
    return event;
  }

  private JsonNode fields(LoggingEvent event) throws Exception {
    return STRICT.readTree(line(event));
  }

  @SuppressWarnings("unchecked")
  private String line(LoggingEvent event) throws Exception {
    JoranConfigurator configuration = new JoranConfigurator();
    configuration.setContext(context);
    context.reset();
    configuration.doConfigure(getClass().getResource("/logback.xml"));
    ConsoleAppender<ILoggingEvent> appender =
        (ConsoleAppender<ILoggingEvent>) context.getLogger("ROOT").getAppender("STDOUT");
    Encoder<ILoggingEvent> encoder = appender.getEncoder();
    return new String(encoder.encode(event), StandardCharsets.UTF_8);
  }
}
