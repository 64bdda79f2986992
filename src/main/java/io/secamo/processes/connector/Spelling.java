package io.secamo.processes.connector;

import io.secamo.processes.text.Trailing;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One spelling of the addresses in a text: scheme and host in small letters, no port that is the
 * usual one, no slash at the end (RFC 3986, section 6.2). One system must not look like two.
 */
public final class Spelling {
  private static final Pattern ADDRESS =
      Pattern.compile("(?i)\\b(https?)://([^/\\s,()]+)([^\\s,()]*)");

  private Spelling() {}

  /** The text with its addresses in that spelling. */
  public static String of(String text) {
    return ADDRESS
        .matcher(text)
        .replaceAll(
            address ->
                Matcher.quoteReplacement(
                    usual(address.group(1), address.group(2))
                        + Trailing.cut("/", address.group(3))));
  }

  private static String usual(String scheme, String host) {
    String small = scheme.toLowerCase(Locale.ROOT);
    String port = small.equals("https") ? ":443" : ":80";
    String name = host.toLowerCase(Locale.ROOT);
    return small
        + "://"
        + (name.endsWith(port) ? name.substring(0, name.length() - port.length()) : name);
  }
}
