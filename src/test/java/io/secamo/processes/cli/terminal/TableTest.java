package io.secamo.processes.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.cli.terminal.Table.Column;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How lists fit a terminal. */
class TableTest {
  private final Table table =
      new Table(List.of(Column.whole("NAME"), new Column("WHY", 4), new Column("TEXT", 5)));

  @Test
  void aTableAsWideAsTheTerminalIsWhole() {
    table.add(List.of("web", "because", "a long text"));
    assertThat(table.lines(25)).containsExactly("NAME  WHY      TEXT", "web   because  a long te…");
    assertThat(table.lines(26))
        .containsExactly("NAME  WHY      TEXT", "web   because  a long text");
  }

  @Test
  void aNameIsNeverCutAndTheLastColumnsAreCutFirst() {
    table.add(List.of("acme-web-443", "because", "a long text"));
    assertThat(table.lines(28).get(1)).isEqualTo("acme-web-443  because  a lo…");
    assertThat(table.lines(25).get(1)).isEqualTo("acme-web-443  bec…  a lo…");
    assertThat(table.lines(10).get(1)).isEqualTo("acme-web-443  bec…  a lo…");
  }

  @Test
  void lettersOfTwoColumnsDoNotPushTheRestAway() {
    table.add(List.of("店舗", "x", "y"));
    assertThat(table.lines(80)).containsExactly("NAME  WHY  TEXT", "店舗  x    y");
    Table cut = new Table(List.of(new Column("N", 4)));
    cut.add(List.of("店舗店舗"));
    assertThat(cut.lines(4).get(1)).isEqualTo("店…");
  }

  @Test
  void whatSomebodyWroteStaysInItsRow() {
    table.add(List.of("web", "a\nb", "c\u202ed"));
    assertThat(table.lines(80).get(1)).isEqualTo("web   a b  c\ufffdd");
  }

  @Test
  void theTerminalSaysHowWideItIs() {
    assertThat(columns(Map.of(), true, "24 132")).isEqualTo(132);
    assertThat(columns(Map.of("COLUMNS", "100"), true, "24 132")).isEqualTo(100);
    assertThat(columns(Map.of("COLUMNS", "100"), false, "24 132")).isEqualTo(100);
    assertThat(columns(Map.of("COLUMNS", "wide"), true, "24 132")).isEqualTo(132);
    assertThat(columns(Map.of(), true, "0 0")).as("a terminal without a size").isEqualTo(80);
    assertThat(columns(Map.of(), false, "24 132"))
        .as("what goes into a file or to another program is whole")
        .isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void onlyATerminalIsWrittenAnew() {
    assertThat(terminal(Map.of("TERM", "xterm"), true, "").redraws()).isTrue();
    assertThat(terminal(Map.of("TERM", "xterm"), false, "").redraws()).isFalse();
    assertThat(terminal(Map.of("TERM", "dumb"), true, "").redraws()).isFalse();
    assertThat(terminal(Map.of(), true, "").redraws()).isFalse();
  }

  private static int columns(Map<String, String> environment, boolean terminal, String size) {
    return terminal(environment, terminal, size).columns();
  }

  private static ThisTerminal terminal(
      Map<String, String> environment, boolean terminal, String size) {
    return new ThisTerminal(
        environment,
        command -> {
          if (command.contains("-t")) {
            return terminal ? Optional.of("") : Optional.empty();
          }
          return Optional.of(size + "\n");
        });
  }
}
