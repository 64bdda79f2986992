package io.secamo.processes.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.secamo.processes.api.EvidenceEntry;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The exported form of a record: JSON with one spelling only, so that any byte that was changed is
 * noticed, be it in a value, a name or a blank.
 */
public final class EvidenceFile {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private EvidenceFile() {}

  /**
   * What a check found.
   *
   * @param problem for people; empty if the file is what was exported
   * @param hashes of the entries in order: the ticket shows some of them
   */
  public record Finding(Optional<String> problem, List<String> hashes) {}

  /** The bytes of an export. */
  public static byte[] write(EvidenceRecordSpec record) {
    try {
      String text = JSON.writeValueAsString(record).replace(System.lineSeparator(), "\n") + "\n";
      return text.getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a record is always JSON", impossible);
    }
  }

  /** Checks an export, without a cluster. */
  public static Finding check(byte[] file) {
    EvidenceRecordSpec record;
    try {
      record = JSON.readValue(file, EvidenceRecordSpec.class);
    } catch (IOException notOurs) {
      return broken("it is not an exported record: " + firstLine(notOurs));
    }
    if (record == null || incomplete(record)) {
      return broken("it is not an exported record: fields are missing");
    }
    Optional<String> problem = Chain.problem(record);
    if (problem.isEmpty() && !Arrays.equals(write(record), file)) {
      problem = Optional.of("its text is not as it was exported, though its entries are");
    }
    return new Finding(problem, record.entries().stream().map(EvidenceEntry::hash).toList());
  }

  /** What Jackson leaves null is not what the records promise. */
  @SuppressWarnings("NullAway")
  private static boolean incomplete(EvidenceRecordSpec record) {
    EvidenceRecordSpec.Subject process = record.process();
    return process == null
        || record.entries() == null
        || process.kind() == null
        || process.namespace() == null
        || process.name() == null
        || process.uid() == null
        || process.cluster() == null
        || record.entries().stream()
            .anyMatch(
                e ->
                    e == null
                        || e.at() == null
                        || e.what() == null
                        || e.previous() == null
                        || e.hash() == null
                        || (e.facts() != null && e.facts().contains(null)));
  }

  private static Finding broken(String problem) {
    return new Finding(Optional.of(problem), List.of());
  }

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).split("\n", 2)[0];
  }
}
