package io.secamo.processes.connector.sandbox;

import io.secamo.processes.connector.ConnectorFailure;
import org.jspecify.annotations.Nullable;

/** Numbers that the sandbox keeps as text, where a person may have edited them. */
final class Count {
  private Count() {}

  static int read(String entry, @Nullable String text, int otherwise) {
    try {
      return text == null ? otherwise : Integer.parseInt(text);
    } catch (NumberFormatException editedByHand) {
      throw new ConnectorFailure.Refused(
          "ConfigMap " + entry + " of the sandbox is spoilt: '" + text + "' is not a number");
    }
  }
}
