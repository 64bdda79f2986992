package io.secamo.processes.firewall;

/**
 * Ports from {@code low} to {@code high}, both included, 0 to 65535.
 *
 * @param low first port
 * @param high last port
 */
public record PortRange(int low, int high) implements Comparable<PortRange> {
  /** Every port; also what stands for "no ports" with protocols that have none. */
  public static final PortRange ALL = new PortRange(0, 65535);

  /** Checks the bounds. */
  public PortRange {
    if (low < 0 || high > 65535 || low > high) {
      throw new IllegalArgumentException(
          "a port is 0 to 65535 and a range goes from low to high, not " + low + "-" + high);
    }
  }

  /** Reads {@code 443} or {@code 8443-8450}. */
  public static PortRange parse(String text) {
    int dash = text.indexOf('-');
    try {
      return dash < 0
          ? new PortRange(Integer.parseInt(text), Integer.parseInt(text))
          : new PortRange(
              Integer.parseInt(text.substring(0, dash)),
              Integer.parseInt(text.substring(dash + 1)));
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a port or range: write for example 443 or 8443-8450", notANumber);
    }
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
