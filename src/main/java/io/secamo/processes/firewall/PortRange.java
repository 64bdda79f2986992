package io.secamo.processes.firewall;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ports from {@code low} to {@code high}, both included, 0 to 65535.
 *
 * @param low first port
 * @param high last port
 */
public record PortRange(int low, int high) implements Comparable<PortRange> {
  /** Every port; also what stands for "no ports" with protocols that have none. */
  public static final PortRange ALL = new PortRange(0, 65535);

  /** Every port that can be used: 0 cannot. */
  static final PortRange USABLE = new PortRange(1, 65535);

  private static final Pattern FORM = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");

  /** Checks the bounds. */
  public PortRange {
    if (low < 0 || high > 65535 || low > high) {
      throw new IllegalArgumentException(
          "a port is 0 to 65535 and a range goes from low to high, not " + low + "-" + high);
    }
  }

  /**
   * Reads {@code 443} or {@code 8443-8450}, plain digits only.
   *
   * @throws IllegalArgumentException with a sentence for people if it is neither
   */
  public static PortRange parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a port or range: write for example 443 or 8443-8450");
    }
    int low = Integer.parseInt(parts.group(1));
    return new PortRange(low, parts.group(2) == null ? low : Integer.parseInt(parts.group(2)));
  }

  @Override
  public int compareTo(PortRange other) {
    return low != other.low ? Integer.compare(low, other.low) : Integer.compare(high, other.high);
  }

  @Override
  public String toString() {
    return low == high ? Integer.toString(low) : low + "-" + high;
  }
}
