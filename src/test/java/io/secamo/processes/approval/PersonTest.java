package io.secamo.processes.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.approval.Vote.Decision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody is two people, in whichever two ways a sign-in system takes their name. */
class PersonTest {
  private static final Instant NOW = Instant.parse("2027-01-04T09:00:00Z");
  private static final List<String> SPELLINGS =
      List.of(
          "rené.baker@example.com",
          "René.Baker@Example.com",
          "RENÉ.BAKER@EXAMPLE.COM",
          "rene\u0301.baker@example.com",
          "Rene\u0301.Baker@example.com",
          "rené.baker@example.com ",
          " rené.baker@example.com");

  /** What one person may not be twice, one of the two in a first spelling, one in a second. */
  private enum Roles {
    REQUESTER_AND_APPROVER {
      @Override
      boolean passes(String one, String other) {
        return judged(1, counted(List.of(one), approve(other))) instanceof Verdict.Passed;
      }
    },
    SUBMITTER_AND_APPROVER {
      @Override
      boolean passes(String one, String other) {
        return judged(1, counted(List.of("boss", one), approve(other))) instanceof Verdict.Passed;
      }
    },
    APPROVER_AND_APPROVER {
      @Override
      boolean passes(String one, String other) {
        return judged(2, counted(List.of("boss"), approve(one), approve(other)))
            instanceof Verdict.Passed;
      }
    },
    APPROVER_AND_DEPUTY {
      @Override
      boolean passes(String one, String other) {
        return judged(2, counted(List.of("boss"), approve(one), deputy(other)))
            instanceof Verdict.Passed;
      }
    },
    APPROVER_AND_STOOD_FOR {
      @Override
      boolean passes(String one, String other) {
        List<Vote> votes =
            Ballot.counting(
                List.of(approve(one), deputy("dan")),
                List.of(new Delegation("security", other, List.of(), "dan", NOW.plusSeconds(60))),
                List.of("boss"),
                NOW);
        return judged(2, votes) instanceof Verdict.Passed;
      }
    },
    REQUESTER_AND_STOOD_FOR {
      @Override
      boolean passes(String one, String other) {
        List<Vote> votes =
            Ballot.counting(
                List.of(deputy("dan")),
                List.of(new Delegation("security", other, List.of(), "dan", NOW.plusSeconds(60))),
                List.of(one),
                NOW);
        return judged(1, votes) instanceof Verdict.Passed;
      }
    };

    abstract boolean passes(String one, String other);
  }

  @Test
  void everyPairOfSpellingsIsOnePersonInEveryPairOfRoles() {
    List<String> twice = new ArrayList<>();
    for (Roles roles : Roles.values()) {
      for (String one : SPELLINGS) {
        for (String other : SPELLINGS) {
          if (roles.passes(one, other)) {
            twice.add(roles + ": '" + one + "' and '" + other + "'");
          }
        }
      }
      assertThat(roles.passes("ann", "bob")).as("%s, two people", roles).isTrue();
    }
    assertThat(twice).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ann.b@example.com", "anne@example.com", "a nn@example.com", "änn"})
  void anotherNameIsAnotherPerson(String other) {
    assertThat(Vote.samePerson("ann@example.com", other)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kim\uFE0F",
        "k\u200Bim",
        "ki\u00ADm",
        "\uFF4B\uFF49\uFF4D",
        "k\u0130m",
        "KIM\u2060"
      })
  void whatNobodySeesMakesNobodyAnother(String other) {
    assertThat(Vote.samePerson("kim", other)).isTrue();
  }

  @Test
  void aLetterWithSeveralSmallOnesIsOneLetter() {
    assertThat(Vote.samePerson("ΝΙΚΟΣ", "νικος")).isTrue();
    assertThat(Vote.samePerson("ΝΙΚΟΣ", "νικοσ")).isTrue();
    assertThat(Vote.samePerson("Istanbul", "istanbul")).isTrue();
  }

  private static List<Vote> counted(List<String> requesters, Vote... votes) {
    List<Delegation> all =
        Stream.of(votes)
            .map(
                vote ->
                    new Delegation(
                        "security", "carl", List.of(), vote.voter(), NOW.plusSeconds(60)))
            .toList();
    return Ballot.counting(List.of(votes), all, requesters, NOW);
  }

  private static Verdict judged(int required, List<Vote> votes) {
    return new Ballot(RequiredGates.of(new RequiredGate("security", required)), votes, NOW, NOW)
        .judge();
  }

  private static Vote approve(String who) {
    return new Vote("security", who, Decision.APPROVE, "");
  }

  private static Vote deputy(String who) {
    return new Vote("security", who, Decision.APPROVE, "", true, Optional.empty());
  }
}
