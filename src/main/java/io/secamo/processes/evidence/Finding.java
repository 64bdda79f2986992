package io.secamo.processes.evidence;

import io.secamo.processes.api.EvidenceEntry;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec;
import java.util.List;

/**
 * What a check found about one record, or about what stands in place of one.
 *
 * @param process namespace and name of the process that it names; empty if that is not known
 * @param problem for people; empty if it is genuine
 * @param hashes of the entries in order: the ticket shows some of them
 * @param asExported whether its text is byte for byte what an export has; one from elsewhere has no
 *     text of its own, and counts as if it were
 */
public record Finding(
    Verdict verdict, String process, String problem, List<String> hashes, boolean asExported) {

  /** The three answers. */
  public enum Verdict {
    /** Every entry is where and what it was. */
    GENUINE,
    /** It is a record, and was changed. */
    NOT_GENUINE,
    /** It is no record, or not the whole of one: nothing can be said. */
    NO_EVIDENCE
  }

  static Finding genuine(EvidenceRecordSpec record, boolean asExported) {
    return new Finding(Verdict.GENUINE, name(record), "", hashes(record), asExported);
  }

  static Finding changed(EvidenceRecordSpec record, String problem) {
    return new Finding(Verdict.NOT_GENUINE, name(record), problem, hashes(record), true);
  }

  static Finding unreadable(String process, String problem) {
    return new Finding(Verdict.NOT_GENUINE, process, problem, List.of(), true);
  }

  static Finding none(String problem) {
    return new Finding(Verdict.NO_EVIDENCE, "", problem, List.of(), true);
  }

  private static String name(EvidenceRecordSpec record) {
    return record.process().namespace() + "/" + record.process().name();
  }

  private static List<String> hashes(EvidenceRecordSpec record) {
    return record.entries().stream().map(EvidenceEntry::hash).toList();
  }
}
