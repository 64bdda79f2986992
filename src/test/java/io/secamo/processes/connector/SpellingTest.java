package io.secamo.processes.connector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who goes through a text again for each of its characters is at it for hours. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SpellingTest {
  private static final String SLASHES = "/".repeat(900_000);

  @Test
  void slashesAtTheEndOfAnAddressAreNoPartOfIt() {
    assertThat(Spelling.of("user a at HTTPS://X.example:443/v3/// (1f0c)"))
        .isEqualTo("user a at https://x.example/v3 (1f0c)");
    assertThat(Spelling.of("https://x.example/" + SLASHES)).isEqualTo("https://x.example");
  }

  @Test
  void countlessSlashesInAnAddressTakeNoLongerThanOtherCharacters() {
    String odd = "https://x.example" + SLASHES + "a";
    assertThat(Spelling.of(odd)).isEqualTo(odd);
  }
}
