package io.secamo.processes.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.secamo.processes.text.Limit;
import io.secamo.processes.text.Plain;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds the sentence for people in a vendor's answer and makes it fit to be shown. */
public final class VendorText {
  private static final int LIMIT = 300;

  /** So much of a text is looked at, since control characters and white space are left out. */
  private static final int READ = 4000;

  private static final String STRUCK_OUT = "(secret)";

  /** Longer than most names, and short enough for what is read behind them. */
  private static final int NAME = 64;

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}\\p{M}._@-]+");

  private VendorText() {}

  /** One line of at most 300 characters, without control characters and the given secrets. */
  static String shown(String text, List<String> secrets) {
    return line(LIMIT, withoutSecrets(text, secrets));
  }

  /**
   * The beginning of a text. A secret is looked for in the whole text: one that the cut goes
   * through is struck out as well. What belongs to any secret is, also where two of them overlap.
   */
  private static String withoutSecrets(String text, List<String> secrets) {
    int end = Limit.first(READ, text).length();
    StringBuilder safe = new StringBuilder(end);
    List<Spellings> known = secrets.stream().map(Spellings::new).toList();
    int secretUntil = -1;
    for (int at = 0; at < end; at++) {
      boolean within = at <= secretUntil;
      for (Spellings secret : known) {
        int length = secret.length(text, at);
        secretUntil = Math.max(secretUntil, length == Spellings.TO_THE_END ? end : at + length);
      }
      if (at >= secretUntil) {
        safe.append(text.charAt(at));
      } else if (!within) {
        safe.append(STRUCK_OUT);
      }
    }
    return safe.toString();
  }

  /** One line of at most so many characters, without hidden characters. */
  public static String line(int most, String text) {
    return Limit.to(most, plain(text).replaceAll("[\\s\\p{Z}]+", " ").strip());
  }

  /**
   * A name to stand among other words, of which it must not look like some: in quotes unless it is
   * one word, without parentheses, and what is hidden in it is seen to be there.
   */
  public static String name(String text) {
    String shown = Plain.shown(Limit.first(READ, text)).replaceAll("[\\s\\p{Z}]+", " ").strip();
    String name = Limit.to(NAME, shown);
    return WORD.matcher(name).matches()
        ? name
        : "'" + name.replace('\'', '\u2019').replace('(', '[').replace(')', ']') + "'";
  }

  /** The text without hidden characters, tabs and line breaks excepted. */
  public static String plain(String text) {
    return Plain.without(text);
  }

  /** The vendor's explanation, wherever vendors put it; empty if there is none. */
  static String of(JsonNode body) {
    StringBuilder words = new StringBuilder();
    collect(body, words);
    return words.toString();
  }

  /** Ends when there is enough to be shown. No text is cut: it might be within a secret. */
  private static void collect(JsonNode body, StringBuilder words) {
    if (body.isTextual()) {
      add(body.textValue(), words);
      return;
    }
    for (String name : List.of("message", "detail", "error_description")) {
      if (body.path(name).isTextual() && !body.path(name).textValue().isBlank()) {
        add(body.path(name).textValue(), words);
        return;
      }
    }
    for (JsonNode part : body) {
      if (words.length() > READ) {
        return;
      }
      if (part.isContainerNode() || body.isArray()) {
        collect(part, words);
      }
    }
  }

  private static void add(String found, StringBuilder words) {
    words.append(words.isEmpty() || found.isEmpty() ? "" : "; ").append(found);
  }

  /**
   * A secret as programs write it into JSON, an address, a page or a header. Not every way there
   * is: where people choose the secret, what a vendor says of it is not shown at all.
   */
  private static final class Spellings {
    /** Of a long secret only the beginning is looked for: what follows it is not shown at all. */
    static final int TO_THE_END = Integer.MAX_VALUE;

    /** So much is the beginning. Whoever chooses text and secret chooses how long this takes. */
    private static final int BEGINNING = 64;

    /** Fewer letters in Base64 may be part of any word. */
    private static final int LEAST = 6;

    private static final Map<Integer, String> ENTITIES =
        Map.of(
            (int) '"',
            "&quot;",
            (int) '&',
            "&amp;",
            (int) '<',
            "&lt;",
            (int) '>',
            "&gt;",
            (int) '\'',
            "&apos;");

    private final int[] secret;
    private final boolean isLong;
    private final Map<Integer, List<String>> spellings = new HashMap<>();
    private final List<String> whole = new ArrayList<>();

    private Spellings(String secret) {
      this.secret = secret.codePoints().limit(BEGINNING).toArray();
      isLong = secret.codePointCount(0, secret.length()) > BEGINNING;
      byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
      for (int before = 0; before < 3; before++) {
        String core = base64(before, bytes);
        if (core.length() >= LEAST) {
          whole.add(core);
          whole.add(core.replace('+', '-').replace('/', '_'));
        }
      }
    }

    /** What stays the same whatever stands before and behind, as a user's name and a colon. */
    private static String base64(int before, byte[] secret) {
      byte[] all = new byte[before + secret.length];
      System.arraycopy(secret, 0, all, before, secret.length);
      String encoded = Base64.getEncoder().withoutPadding().encodeToString(all);
      int first = (before * 8 + 5) / 6;
      return encoded.substring(first, Math.max(first, all.length * 8 / 6));
    }

    /** How much of the text is the secret from there on. */
    private int length(String text, int at) {
      int longest = spelled(text, at);
      if (longest > 0 && isLong) {
        return TO_THE_END;
      }
      for (String one : whole) {
        if (text.startsWith(Limit.first(BEGINNING, one), at)) {
          longest = one.length() > BEGINNING ? TO_THE_END : Math.max(longest, one.length());
        }
      }
      return longest;
    }

    private int spelled(String text, int from) {
      int at = from;
      for (int wanted : secret) {
        int length = spelled(wanted, text, at);
        if (length == 0) {
          return 0;
        }
        at += length;
      }
      return at - from;
    }

    private int spelled(int wanted, String text, int at) {
      if (at < text.length() && "\\%&+".indexOf(text.charAt(at)) >= 0) {
        for (String spelling : spellings.computeIfAbsent(wanted, Spellings::of)) {
          if (text.regionMatches(true, at, spelling, 0, spelling.length())) {
            return spelling.length();
          }
        }
      }
      return at < text.length() && text.codePointAt(at) == wanted ? Character.charCount(wanted) : 0;
    }

    private static List<String> of(int wanted) {
      String itself = Character.toString(wanted);
      StringBuilder json = new StringBuilder();
      itself.chars().forEach(half -> json.append("\\u%04x".formatted(half)));
      StringBuilder url = new StringBuilder();
      for (byte part : itself.getBytes(StandardCharsets.UTF_8)) {
        url.append("%%%02x".formatted(part));
      }
      String decimal = "&#%d;".formatted(wanted);
      return List.of(
          json.toString(),
          url.toString(),
          decimal,
          "&#0%d;".formatted(wanted),
          "&#x%x;".formatted(wanted),
          ENTITIES.getOrDefault(wanted, decimal),
          wanted == ' ' ? "+" : decimal,
          Character.isLetterOrDigit(wanted) ? decimal : "\\" + itself);
    }
  }
}
