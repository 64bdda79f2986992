package io.secamo.processes.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** What a terminal shows is what is there: requests of earlier versions may hold anything. */
class ConsoleTest {
  private static final String CLEAR_SCREEN = "\u001b[2J";
  private static final String TURNED = "\u202e";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void nothingThatSomebodyWroteMovesTheCursorOrTurnsTextAround() {
    console(false).say("Why " + CLEAR_SCREEN + "fine" + TURNED + "\u009b2Jx\u200b");
    assertThat(out.toString()).isEqualTo("Why \ufffd[2Jfine\ufffd\ufffd2Jx\ufffd\n");
  }

  @Test
  void oneLineStaysOneLine() {
    console(false).say("Why no\nState: Approved\u2028yes");
    assertThat(out.toString()).isEqualTo("Why no State: Approved yes\n");
  }

  @Test
  void refusalsAndQuestionsAreCleanedAsWell() {
    console(false).warn("gate " + CLEAR_SCREEN);
    assertThat(err.toString()).isEqualTo("gate \ufffd[2J\n");

    assertThat(console(false).agrees("gate " + TURNED + "?")).isFalse();
    assertThat(out.toString()).isEqualTo("gate \ufffd? [y/N] \n");
  }

  /** Who writes a colour into a request could make a risk look like none. */
  @Test
  void coloursAreOursOnly() {
    Console console = console(true);
    console.say(console.bad("! risk \u001b[32mgood\u001b[0m"));
    assertThat(out.toString()).isEqualTo("\u001b[31m! risk \ufffd[32mgood\ufffd[0m\u001b[0m\n");
  }

  /** Padded to the width of the terminal, a reason read like the line that names its requester. */
  @Test
  void whatSomebodyWroteDoesNotGoOnWhereOurOwnLinesBegin() {
    narrow(50).say("Why       " + "fine" + " ".repeat(36) + "Requester the-boss " + "x".repeat(45));
    assertThat(out.toString())
        .isEqualTo(
            """
            Why       fine Requester the-boss
                      xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
                      xxxxxx
            """);
  }

  /** A summary, or an effect in its colour, has no label: it goes on a little to the right. */
  @Test
  void whatIsPaddedToTheWidthOfTheTerminalMakesNoLineOfOurs() {
    String padded = "adds 1 rule to security group web" + " ".repeat(17) + "Account   harmless";
    Console coloured = terminal(50, true);
    coloured.say(padded);
    coloured.say(coloured.good("  " + padded));
    coloured.say("  " + padded.replace(' ', '\u2800').replace("\u2800group", " group"));
    coloured.warn(padded);
    assertThat(coloured.agrees(padded + "?")).isFalse();

    assertThat(out.toString())
        .isEqualTo(
            """
            adds 1 rule to security group web Account
                harmless
            \u001b[32m  adds 1 rule to security group web Account
                  harmless\u001b[0m
              adds 1 rule to security group web Account
                  harmless
            adds 1 rule to security group web Account harmless? [y/N]\s
            """);
    assertThat(err.toString())
        .startsWith("adds 1 rule to security group web Account\n    harmless\n");
  }

  @Test
  void nothingIsBrokenInsideAWordAndNoCommandAtAll() {
    Console terminal = terminal(50, true);
    terminal.say("  2027-01-04T09:00:00Z Planned: adds 1 rule to security group web");
    terminal.say(terminal.bad("! High: from the internet, which nobody wants to be so"));
    terminal.warn("there is no Connection sandbx in namespace team-a: there is sandbox");
    terminal.warn("  kubectl process approve acme-web-443 -n team-a --gate security");
    assertThat(out.toString())
        .isEqualTo(
            """
              2027-01-04T09:00:00Z Planned: adds 1 rule to
                  security group web
            \u001b[31m! High: from the internet, which nobody wants
                to be so\u001b[0m
            """);
    assertThat(err.toString())
        .isEqualTo(
            """
            there is no Connection sandbx in namespace
                team-a: there is sandbox
              kubectl process approve acme-web-443 -n team-a --gate security
            """);
  }

  @Test
  void whoWritesTheLookOfAColourWidensNothing() {
    narrow(50).say("Why it is: " + "{x}[31m".repeat(6) + " and more of it to come");
    assertThat(out.toString().lines()).allMatch(row -> row.length() <= 50).hasSize(3);
  }

  @Test
  void whatFitsAndWhatHasNoLabelIsLeftAsItIs() {
    narrow(50).say("Why       fine  and more");
    narrow(50).say("kubectl process approve acme-web-443 --reason 'agreed with them'");
    console(false).say("Why       " + "long ".repeat(40) + "text");
    assertThat(out.toString().lines()).hasSize(3);
  }

  private Console narrow(int columns) {
    return terminal(columns, false);
  }

  private Console terminal(int columns, boolean coloured) {
    return new Console(
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        new BufferedReader(new StringReader("")),
        coloured,
        Clock.systemUTC(),
        new Screen() {
          @Override
          public int columns() {
            return columns;
          }

          @Override
          public boolean redraws() {
            return false;
          }
        });
  }

  @Test
  void wordsOfEveryScriptAreShownAsTheyWereWritten() {
    String persian = "می\u200cخواهیم";
    String emoji = "👩\u200d❤\ufe0f\u200d💋\u200d👨";
    console(false).say(persian + " " + emoji);
    assertThat(out.toString()).isEqualTo(persian + " " + emoji + "\n");
  }

  @Test
  void dataIsTheSameDataWithoutWhatIsNotSeen() {
    assertThat(Output.safe("why: fine\n", true, () -> "unused")).isEqualTo("why: fine\n");
    String json = "{\"why\":\"fi\u202ene\udb40\udc41\"}";
    assertThat(Output.safe("why: fi\u202ene\udb40\udc41\n", true, () -> json))
        .as("YAML knows no halves of characters")
        .isEqualTo("{\"why\":\"fi\\u202ene\\U000e0041\"}");
    assertThat(Output.safe(json, false, () -> json))
        .isEqualTo("{\"why\":\"fi\\u202ene\\udb40\\udc41\"}");
  }

  private Console console(boolean coloured) {
    return new Console(
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        new BufferedReader(new StringReader("")),
        coloured,
        Clock.systemUTC());
  }
}
