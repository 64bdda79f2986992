package io.secamo.processes.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people's texts may hold. */
class PlainTest {
  private static final Pattern LINE = Pattern.compile(Plain.LINE);

  /** What the API server judges by its expression is what the operator judges. */
  @Test
  void allWhoJudgeSayTheSame() {
    int[] odd = {
      'a', ' ', '-', '1', 0x645, 0x301, 0x1f469, 0x2764, 0x200c, 0x200d, 0xfe0f, 0x202e, 0x2066,
      0x61c, 0x200b, 0x1b, '\n', 0x2028, 0x85, 0xa0, 0x2800, 0x3164, 0xe0100, 0xe0041, 0xe000,
      0xd800, 0x2065, 0xfff0, 0xffff, 0x378, 0x1d159, 0x16fe4, 0xe1000, 0x94d
    };
    Random random = new Random(4711);
    int plain = 0;
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(5); j >= 0; j--) {
        text.appendCodePoint(odd[random.nextInt(odd.length)]);
      }
      String some = text.toString();
      boolean is = Plain.problem(some).isEmpty();
      assertThat(is).as(some).isEqualTo(LINE.matcher(some).matches());
      assertThat(Plain.shown(Plain.shown(some))).isEqualTo(Plain.shown(some));
      plain += is ? 1 : 0;
    }
    assertThat(plain).isBetween(1_000, 49_000);
  }

  /** Stacked marks cover the lines around them. */
  @Test
  void eightMarksOnALetterAreReadAndMoreAreSeenToBeTooMany() {
    assertThat(Plain.problem("a" + "\u0301".repeat(8) + " and b\u0301")).isEmpty();
    assertThat(Plain.shown("a" + "\u0301".repeat(10)))
        .isEqualTo("a" + "\u0301".repeat(8) + "\ufffd\ufffd");
    assertThat(LINE.matcher("a" + "\u0301".repeat(9)).matches()).isFalse();
  }

  @Test
  void whatNobodySeesIsNowhereALetter() {
    Pattern ignored = Pattern.compile("[" + Plain.IGNORED + "]");
    Pattern name = Pattern.compile(Plain.NAME);
    for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
      String text = Character.toString(character);
      boolean hidden =
          ignored.matcher(text).matches() || Character.getType(character) == Character.UNASSIGNED;
      assertThat(hidden && name.matcher("a" + text).matches()).as("U+%04X", character).isFalse();
      assertThat(hidden && Plain.problem("a" + text + "b").isEmpty() && !style(character))
          .as("U+%04X", character)
          .isFalse();
    }
  }

  /** Which an emoji or a Han character may be written with. */
  private static boolean style(int character) {
    return Character.toString(character)
        .matches("[\\x{180B}-\\x{180D}\\x{FE00}-\\x{FE0F}\\x{E0100}-\\x{E01EF}]");
  }

  @Test
  void theSameRuleStandsInWhatIsInstalled() throws Exception {
    assertThat(Files.readString(Path.of("manifests/policies/votes.yaml")))
        .contains("r'" + Plain.LINE + "'", "r'" + Plain.NAME + "'");
    assertThat(Files.readString(Path.of("manifests/policies/answers.yaml")))
        .contains("r'" + Plain.LINE + "'");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4000, 100_000})
  void aLongTextIsJudgedToo(int times) {
    assertThat(Plain.problem("a\u200d".repeat(times) + "a")).isEmpty();
    assertThat(Plain.problem("a\u200d".repeat(times)))
        .hasValueSatisfying(text -> assertThat(text).isEqualTo("holds hidden characters"));
    assertThat(Plain.problem(" ".repeat(times)).orElse("")).isEqualTo("is blank");
  }

  @Test
  void whatIsHiddenIsSeenToBeThere() {
    assertThat(Plain.shown("web\u200b")).isEqualTo("web\ufffd").isNotEqualTo(Plain.shown("web"));
    assertThat(Plain.shownLines("a\u202e\nb\u2028c\n")).isEqualTo("a\ufffd\nb c\n");
    assertThat(Plain.without("a\u202e\r\nb\tc\u2028d")).isEqualTo("a\nb\tc d");
  }

  @Test
  void dataLosesNothing() {
    assertThat(Plain.escaped("{\"a\":\"x\u202ey\udb40\udc41\"}\n", ""))
        .isEqualTo("{\"a\":\"x\\u202ey\\udb40\\udc41\"}\n");
  }
}
