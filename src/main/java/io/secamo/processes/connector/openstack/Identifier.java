package io.secamo.processes.connector.openstack;

import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.http.VendorText;
import java.util.regex.Pattern;

/**
 * What OpenStack calls a thing, if it can be written down and compared later: an account or a
 * status has other words around it, and a name must not look like some of them.
 */
final class Identifier {
  private static final Pattern USABLE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final int SHOWN = 60;

  private Identifier() {}

  /**
   * The text itself.
   *
   * @param what names the thing, for messages
   * @throws ConnectorFailure.Refused if it is no identifier
   */
  static String of(String what, String text) {
    if (!USABLE.matcher(text).matches()) {
      throw new ConnectorFailure.Refused(
          "OpenStack gives '"
              + VendorText.line(SHOWN, text)
              + "' as "
              + what
              + ": it must be named with letters, digits, '.', '_' or '-', at most 100 of them,"
              + " and begin with a letter or digit");
    }
    return text;
  }
}
