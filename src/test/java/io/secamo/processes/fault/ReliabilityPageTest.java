package io.secamo.processes.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The page about reliability says what was counted, and nothing that somebody wrote into it. */
class ReliabilityPageTest {
  @Test
  void thePageIsWhatTheFiguresBesideItSay() throws IOException {
    JsonNode figures = ApiServer.JSON.readTree(ReliabilityPage.FIGURES.toFile());
    assertThat(figures.path("groups").size()).isPositive();
    assertThat(Files.readString(ReliabilityPage.PAGE))
        .as("made anew by dev/reliability")
        .isEqualTo(ReliabilityPage.page(figures));
  }
}
