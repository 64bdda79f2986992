package io.secamo.processes.operator;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.secamo.processes.text.Plain;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * One JSON object a line: when, how grave, what, and what it is about. Each key is there once,
 * though the framework and we both say which request it is, and nothing moves a terminal's cursor.
 * Named in {@code logback.xml}.
 */
public final class LogLine extends EncoderBase<ILoggingEvent> {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As many digits for each, so that lines sort as texts do. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** What the framework puts before its keys (java-operator-sdk, {@code MDCUtils}). */
  private static final String OF_THE_FRAMEWORK = "resource.";

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    Instant when = event.getInstant();
    Map<String, String> line = new LinkedHashMap<>();
    line.put("time", TIME.format(when == null ? Instant.ofEpochMilli(event.getTimeStamp()) : when));
    line.put("level", event.getLevel().toString());
    line.put("message", String.valueOf(event.getFormattedMessage()));
    pairs(event.getKeyValuePairs())
        .forEach(pair -> add(line, pair.key, pair.value == null ? null : pair.value.toString()));
    event.getMDCPropertyMap().forEach((key, value) -> add(line, plain(key), value));
    add(line, "logger", event.getLoggerName());
    if (event.getThrowableProxy() != null) {
      line.put("error", ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    try {
      String json = Plain.escaped(JSON.writeValueAsString(line), "");
      return (json + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("texts are always JSON", impossible);
    }
  }

  private static void add(Map<String, String> line, String key, @Nullable String value) {
    if (value != null) {
      line.putIfAbsent(key, value);
    }
  }

  private static String plain(String key) {
    return key.startsWith(OF_THE_FRAMEWORK) ? key.substring(OF_THE_FRAMEWORK.length()) : key;
  }

  private static List<KeyValuePair> pairs(@Nullable List<KeyValuePair> some) {
    return some == null ? List.of() : some;
  }
}
