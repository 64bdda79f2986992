package io.secamo.processes.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.secamo.processes.api.EvidenceEntry;
import io.secamo.processes.api.Groups;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Records in files: as {@code kubectl process evidence} exports them, and as {@code kubectl get
 * evidencerecords} writes them, also many in one file. What is checked is what a record says, in
 * whatever order and with whatever the API server adds to it. A field that no hash covers and that
 * no record has is a change.
 */
public final class EvidenceFile {
  private static final String KIND = "EvidenceRecord";
  private static final String NONE = "no evidence record: ";
  private static final String RIGHT = "; export it with kubectl process evidence NAME";
  private static final String ADDED = " is in no record: it was added";

  /** What the API server writes; what it says beside the spec is covered by no hash. */
  private static final Set<String> RECORD = Set.of("apiVersion", "kind", "metadata", "spec");

  private static final byte[] NOT_EXPORTED = {};
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private EvidenceFile() {}

  /** The bytes of an export: JSON with one spelling only. */
  public static byte[] write(EvidenceRecordSpec record) {
    try {
      String text = JSON.writeValueAsString(record).replace(System.lineSeparator(), "\n") + "\n";
      return text.getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a record is always JSON", impossible);
    }
  }

  /** Checks all that is in a file, without a cluster. There is always at least one finding. */
  public static List<Finding> check(byte[] file) {
    Documents documents = Documents.of(file);
    List<Finding> found = new ArrayList<>();
    for (JsonNode document : documents.whole()) {
      JsonNode items = document.isArray() ? document : document.path("items");
      if (items.isArray()) {
        found.addAll(list(document, items, documents.endsInALine()));
      } else {
        found.add(one(document, documents.endsInALine(), exported(document) ? file : NOT_EXPORTED));
      }
    }
    documents.problem().ifPresent(problem -> found.add(Finding.none(NONE + problem)));
    return found;
  }

  private static List<Finding> list(JsonNode list, JsonNode items, boolean endsInALine) {
    List<Finding> found = new ArrayList<>();
    for (JsonNode item : items) {
      Finding finding = one(item, endsInALine, NOT_EXPORTED);
      boolean none = finding.verdict() == Finding.Verdict.NO_EVIDENCE;
      String problem = finding.problem().replace(NONE, NONE + "item " + (found.size() + 1) + ": ");
      found.add(none ? Finding.none(problem) : finding);
    }
    String kind = list.path("kind").asText("");
    if (list.isObject() && !kind.endsWith("List")) {
      found.add(Finding.none(NONE + otherKind(kind)));
    } else if (found.isEmpty()) {
      found.add(Finding.none(NONE + "the list is empty; export it from where there are records"));
    }
    return found;
  }

  private static String otherKind(String kind) {
    return kind.isEmpty() ? "it has no kind" + Documents.AGAIN : "it is a " + kind + RIGHT;
  }

  private static Finding one(JsonNode document, boolean endsInALine, byte[] file) {
    boolean exported = exported(document);
    if (!exported) {
      String kind = document.path("kind").asText("");
      String group = document.path("apiVersion").asText("");
      if (!kind.equals(KIND)) {
        return Finding.none(NONE + otherKind(kind));
      }
      if (!group.startsWith(Groups.ORCHESTRATOR + "/")) {
        return Finding.none(NONE + "it is an " + KIND + " of " + group + RIGHT);
      }
    }
    Optional<String> added =
        exported
            ? Optional.empty()
            : fields(document).filter(name -> !RECORD.contains(name)).findFirst();
    if (added.isPresent()) {
      return Finding.unreadable("", added.get() + ADDED);
    }
    JsonNode spec = exported ? document : document.path("spec");
    Optional<String> lacks = lacks(spec);
    if (lacks.isPresent()) {
      return Finding.none(NONE + "it has no " + lacks.get() + Documents.AGAIN);
    }
    String name = spec.at("/process/namespace").asText() + "/" + spec.at("/process/name").asText();
    try {
      return judged(JSON.treeToValue(spec, EvidenceRecordSpec.class), name, endsInALine, file);
    } catch (UnrecognizedPropertyException unknown) {
      return Finding.unreadable(name, place(unknown) + ADDED);
    } catch (JsonMappingException changed) {
      return Finding.unreadable(name, place(changed) + " was changed: nobody writes that there");
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree is always JSON", impossible);
    }
  }

  private static Stream<String> fields(JsonNode document) {
    return document.properties().stream().map(Map.Entry::getKey);
  }

  private static boolean exported(JsonNode document) {
    return document.path("process").isObject() && document.path("entries").isArray();
  }

  /** What comes last in kubectl's order: without it, the file was cut off before. */
  private static Optional<String> lacks(JsonNode spec) {
    if (!spec.isObject()) {
      return Optional.of("spec");
    }
    return List.of("entries", "process").stream()
        .filter(field -> !spec.hasNonNull(field))
        .findFirst()
        .or(
            () ->
                List.of("cluster", "kind", "name", "namespace", "uid").stream()
                    .map("process."::concat)
                    .filter(field -> !spec.at("/" + field.replace('.', '/')).isTextual())
                    .findFirst());
  }

  private static Finding judged(
      EvidenceRecordSpec record, String name, boolean endsInALine, byte[] file) {
    Optional<String> incomplete = incomplete(record.entries());
    if (incomplete.isPresent()) {
      return Finding.unreadable(name, incomplete.get());
    }
    Optional<String> problem = Chain.problem(record);
    if (problem.isPresent() && endsInALine && cutOff(record)) {
      return Finding.none(NONE + "it ends within a line" + Documents.AGAIN);
    }
    boolean asExported = file.length == 0 || Arrays.equals(write(record), file);
    return problem
        .map(text -> Finding.changed(record, text))
        .orElseGet(() -> Finding.genuine(record, asExported));
  }

  /** Whether nothing is wrong but that the last word, which names the process, has no end. */
  private static boolean cutOff(EvidenceRecordSpec record) {
    EvidenceRecordSpec.Subject told = Chain.process(record.entries());
    EvidenceRecordSpec.Subject named = record.process();
    EvidenceRecordSpec.Subject mended =
        new EvidenceRecordSpec.Subject(
            named.kind(), named.namespace(), named.name(), told.uid(), named.cluster());
    return told.uid().startsWith(named.uid())
        && Chain.problem(new EvidenceRecordSpec(mended, record.entries())).isEmpty();
  }

  /** What Jackson leaves null is not what the records promise. */
  @SuppressWarnings("NullAway")
  private static Optional<String> incomplete(List<EvidenceEntry> entries) {
    for (int number = 1; number <= entries.size(); number++) {
      EvidenceEntry e = entries.get(number - 1);
      if (e == null
          || e.at() == null
          || e.what() == null
          || e.previous() == null
          || e.hash() == null
          || (e.facts() != null && e.facts().contains(null))) {
        return Optional.of("entry " + number + " is not whole: something was taken out of it");
      }
    }
    return Optional.empty();
  }

  private static String place(JsonMappingException at) {
    StringBuilder place = new StringBuilder();
    for (JsonMappingException.Reference step : at.getPath()) {
      if (step.getFieldName() == null) {
        place.append('[').append(step.getIndex()).append(']');
      } else {
        place.append(place.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return place.toString();
  }
}
