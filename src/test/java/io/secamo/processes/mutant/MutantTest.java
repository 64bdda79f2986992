package io.secamo.processes.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The list of mutants is about the code as it is. */
class MutantTest {
  @Test
  void everyMutantBreaksExactlyOnePlace() throws IOException {
    List<Mutant> all = Mutant.all();
    assertThat(all).hasSizeGreaterThanOrEqualTo(30);
    assertThat(all.stream().map(Mutant::name)).doesNotHaveDuplicates();
    for (Mutant mutant : all) {
      assertThat(mutant.places()).as(mutant.name()).isEqualTo(1);
      assertThat(mutant.text()).as(mutant.name()).isNotEqualTo(mutant.there());
    }
  }
}
