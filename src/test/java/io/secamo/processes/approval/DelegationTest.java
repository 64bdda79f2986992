package io.secamo.processes.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A delegation lets somebody in, so that it means nobody but whom the approver wrote. */
class DelegationTest {
  private static final Instant UNTIL = Instant.parse("2027-01-04T10:00:00Z");
  private static final Instant BEFORE = UNTIL.minusSeconds(1);
  private final Delegation toBob = new Delegation("security", "ann", List.of(), "bob", UNTIL);

  @Test
  void itCoversTheDeputyAtItsGateUntilItsEnd() {
    assertThat(toBob.covers(vote("security", "bob"), BEFORE)).isTrue();
    assertThat(toBob.covers(vote("network", "bob"), BEFORE)).isFalse();
    assertThat(toBob.covers(vote("security", "bob"), UNTIL)).isFalse();
  }

  /** To the API server another spelling is another user, who holds rights of their own. */
  @Test
  void itCoversNobodyWhoseNameIsSpelledInAnotherWay() {
    assertThat(toBob.covers(vote("security", "Bob"), BEFORE)).isFalse();
    assertThat(toBob.covers(vote("security", "bob\u200d"), BEFORE)).isFalse();
  }

  private static Vote vote(String gate, String voter) {
    return new Vote(gate, voter, Vote.Decision.APPROVE, "", true, Optional.empty());
  }
}
