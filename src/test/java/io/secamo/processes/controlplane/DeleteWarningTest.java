package io.secamo.processes.controlplane;

import static io.secamo.processes.controlplane.Submitted.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import io.secamo.processes.systems.Script.Result;
import org.junit.jupiter.api.Test;

/** What was opened for good stays when its request is deleted: whoever deletes it is told. */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class DeleteWarningTest extends OneRequest {
  DeleteWarningTest() {
    super("warned");
  }

  @Test
  void whoDeletesARequestWhoseAccessStaysIsToldWhereItStays() {
    web.made("Withdrawn");
    assertThat(deleteOnTrial().err()).as("given up").contains("stays open in security group web");
    web.made("Completed");

    Result deleted = deleteOnTrial();

    accepted(deleted);
    assertThat(deleted.err())
        .contains(
            "what "
                + name
                + " opened stays open in security group web, and no request lists it any more:"
                + " remove it there by hand. Before you delete another one, run kubectl process"
                + " remove");
  }

  @Test
  void whoDeletesWhatTheOperatorRemovesIsNotWarned() {
    web.in("Completed");
    assertThat(deleteOnTrial().err()).as("made nothing itself").doesNotContain("Warning");
    web.made("InForce");
    assertThat(deleteOnTrial().err()).doesNotContain("Warning");
    web.made("Removed");
    assertThat(deleteOnTrial().err()).doesNotContain("Warning");
  }

  private Result deleteOnTrial() {
    return cluster.kubectl("admin", "-n", "team-a", "delete", "fcr", name, "--dry-run=server");
  }
}
