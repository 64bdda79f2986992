/**
 * The one HTTP client of all connectors: deadlines, limits, TLS, and the translation of everything
 * that can go wrong into {@link io.secamo.processes.connector.ConnectorFailure}. It knows no
 * vendor.
 */
@NullMarked
package io.secamo.processes.connector.http;

import org.jspecify.annotations.NullMarked;
