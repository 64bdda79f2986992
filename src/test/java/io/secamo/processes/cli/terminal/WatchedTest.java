package io.secamo.processes.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secamo.processes.cli.cluster.Refusal;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What somebody sees who keeps looking. */
class WatchedTest {
  private final StringWriter out = new StringWriter();

  @Test
  void onATerminalWhatWasShownIsTakenBackAlsoWhereItWasBroken() {
    Console terminal = Seen.terminalAtNine(10, out);
    Watched watched = new Watched();

    watched.update(terminal, List.of("State   Running", "one"));
    watched.update(terminal, List.of("State   Running", "one"));
    watched.update(terminal, List.of("State   InForce"));

    assertThat(out.toString())
        .isEqualTo("State   Running\none\n\u001b[3F\u001b[JState   InForce\n");
  }

  @Test
  void intoAFileOnlyWhatIsNewIsAdded() {
    Console file = Seen.atNine(80, out, new StringWriter());
    Watched watched = new Watched();

    watched.update(file, List.of("team-a/web", "State   Running"));
    watched.update(file, List.of("team-a/web", "State   InForce"));

    assertThat(out.toString()).isEqualTo("team-a/web\nState   Running\nState   InForce\n");
  }

  @Test
  void whatIsNotThereAtAllIsNotWaitedFor() {
    assertThatThrownBy(
            () ->
                new Watched()
                    .show(
                        Seen.atNine(80),
                        () -> {
                          throw new Refusal("there is no request web");
                        }))
        .isInstanceOf(Refusal.class);
  }
}
